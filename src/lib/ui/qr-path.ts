// QR codes of addresses, for pages and paper.
import { encode } from 'uqr';

/** A QR code (ISO/IEC 18004, error correction M) as the path of an SVG, one unit a module, four of quiet zone. */
export function qrPath(text: string): { path: string; side: number } {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	const runs: string[] = [];
	for (const [y, row] of data.entries())
		for (let x = 0; x < size; x++) {
			if (!row[x]) continue;
			const start = x;
			while (row[x + 1]) x++;
			runs.push(`M${start} ${y}h${x - start + 1}v1H${start}z`);
		}
	return { path: runs.join(''), side: size };
}
