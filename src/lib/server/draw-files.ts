// A draw as files that a verifier reads: CSV as protocol §2 has it, quoting nothing. What holds a comma has no CSV
// (`holdsComma` in draw-reading.ts asks first); the frame then goes as JSON.
import type { Excluded } from '../core/draw/frame';
import type { Opening } from '../core/draw/pseudonym';
import type { FrameLine } from './frame-batches';

type Batches = AsyncIterable<FrameLine[]>;

const lines = (rows: readonly string[]) => rows.map((row) => `${row}\n`).join('');

export async function* frameCsv(batches: Batches): AsyncGenerator<string> {
	yield 'id,township,cell,x_m,y_m,weight,take,salt\n';
	for await (const rows of batches)
		yield lines(rows.map((r) => [r.id, r.township, r.cell, r.x, r.y, r.weight, r.take, r.salt].join()));
}

export async function* frameJson(batches: Batches): AsyncGenerator<string> {
	let separator = '[';
	for await (const rows of batches) {
		yield separator + rows.map((row) => JSON.stringify(row)).join(',\n');
		separator = ',\n';
	}
	yield ']\n';
}

export const excludedCsv = (rows: readonly Excluded[]) =>
	lines(['id,reason,salt', ...rows.map(({ id, reason, salt }) => [id, reason, salt].join())]);

/** Rows of a frame under pseudonyms that are opened: id = H(TAG("fairlot/id/1") ‖ secret ‖ code). */
export const openingsCsv = (rows: readonly Opening[]) =>
	lines(['id,code,secret', ...rows.map(({ id, code, secret }) => [id, code, secret].join())]);

/** Text that is made piece by piece, as the body of an answer. */
export function textStream(parts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		async pull(controller) {
			const { done, value } = await parts.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		cancel: () => void parts.return(undefined)
	});
}
