// verify: recomputes a draw from its frozen frame and manifest; exit 0 and what was proved, or 1 and the first difference.

import { isHex } from '../lib/core/bytes/hex';
import { isRawCsv, parseExcludedCsv, parseFrameCsv } from '../lib/core/draw/frame-csv';
import { verify } from '../lib/core/draw/verify';
import { accept, BadInput, command, print, readArgs, readInput, readJson, say } from './command';

const USAGE = 'verify MANIFEST.json --frame F.csv [--excluded E.csv] [--commitment C] [--manifest-hash H]';

await command(() => {
	const { values, positionals } = readArgs(USAGE, {
		allowPositionals: true,
		options: {
			frame: { type: 'string' },
			excluded: { type: 'string' },
			commitment: { type: 'string' },
			'manifest-hash': { type: 'string' }
		}
	});
	const [path, ...others] = positionals;
	if (!path || others.length > 0 || !values.frame) throw new BadInput(`usage: ${USAGE}`);
	const commitment = values.commitment?.toLowerCase();
	const manifestHash = values['manifest-hash']?.toLowerCase();
	for (const hash of [commitment, manifestHash]) {
		if (hash !== undefined && !isHex(hash, 32)) throw new BadInput(`${hash}: not 64 hexadecimal digits`);
	}
	const bytes = readInput(values.frame);
	if (isRawCsv(bytes)) throw new BadInput(`${values.frame}: a raw frame; verification takes the frozen one`);
	const result = verify({
		manifest: readJson(path),
		frame: accept(values.frame, parseFrameCsv(bytes)).frame,
		excluded: values.excluded
			? accept(values.excluded, parseExcludedCsv(readInput(values.excluded))).excluded
			: [],
		commitment,
		manifestHash
	});
	print(result);
	if (result.ok) {
		say(result.selfConsistentOnly ? 'self-consistent only' : 'verified');
		return 0;
	}
	say(`differs at ${result.path}${result.because ? `: ${result.because}` : ''}`);
	return 1;
});
