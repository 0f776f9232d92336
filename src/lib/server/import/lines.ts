import { createReadStream } from 'node:fs';

/** The lines of a UTF-8 file, split at LF only: readline would also split at U+2028, which may stand in an attribute. */
export async function* linesOf(path: string): AsyncGenerator<string> {
	let rest: Buffer[] = [];
	for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
		let start = 0;
		for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
			const piece = chunk.subarray(start, end);
			yield (rest.length > 0 ? Buffer.concat([...rest, piece]) : piece).toString('utf8');
			rest = [];
			start = end + 1;
		}
		if (start < chunk.length) rest.push(chunk.subarray(start));
	}
	if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
}
