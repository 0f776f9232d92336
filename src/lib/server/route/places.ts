// Where a plan of routes drives: the offices in the order of their codes, then every target, so that splitting and joining
// visits needs no new matrix. The matrix's hash names the travel a plan was made with.
import { sql } from 'kysely';
import { compareUtf8 } from '../../core/bytes/compare';
import { toHex } from '../../core/bytes/hex';
import { sha256 } from '../../core/bytes/sha256';
import type { LonLat } from '../../core/model';
import type { Travel } from '../../core/route/problem';
import type { Database } from '../db/database';
import type { CalledTarget } from './called';

export interface Office {
	code: string;
	name: string;
	at: LonLat;
	townships: string[];
}

/** Where routes begin: the bureau's own offices, not those of departments that go along. */
export async function officesOf(db: Database, county: string): Promise<Office[]> {
	const { rows } = await sql<{ code: string; name: string; lon: number; lat: number; townships: string[] }>`
		SELECT code, name, ST_X(point) AS lon, ST_Y(point) AS lat, townships
		FROM app.office WHERE county = ${county} AND department = '' ORDER BY code COLLATE "C"`.execute(db);
	return rows.map(({ lon, lat, ...office }) => ({ ...office, at: [lon, lat] }));
}

export interface Places {
	at: LonLat[];
	/** Township of each place; of an office the first it answers for. */
	township: string[];
	/** Row of each office and of each target. */
	office: Map<string, number>;
	target: Map<string, number>;
}

export type MetredTravel = Travel & { metres: Int32Array };

export function placesOf(offices: readonly Office[], targets: readonly CalledTarget[]): Places {
	const sorted = [...targets].sort((p, q) => compareUtf8(p.code, q.code));
	return {
		at: [...offices.map(({ at }) => at), ...sorted.map(({ at }) => at)],
		township: [
			...offices.map(({ townships }) => townships[0] ?? ''),
			...sorted.map(({ township }) => township)
		],
		office: new Map(offices.map(({ code }, row) => [code, row])),
		target: new Map(sorted.map(({ code }, row) => [code, offices.length + row]))
	};
}

/** Seconds, then metres, by rows, as 32-bit numbers, little end first. */
export function matrixBytes({ size, seconds, metres }: MetredTravel): Uint8Array {
	const bytes = new Uint8Array(size * size * 8);
	const view = new DataView(bytes.buffer);
	seconds.forEach((value, i) => view.setInt32(i * 4, value, true));
	metres.forEach((value, i) => view.setInt32((size * size + i) * 4, value, true));
	return bytes;
}

export function matrixOf(size: number, bytes: Uint8Array): MetredTravel {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const read = (from: number) =>
		Int32Array.from({ length: size * size }, (_, i) => view.getInt32((from + i) * 4, true));
	const seconds = read(0);
	return { size, seconds, cost: seconds, metres: read(size * size) };
}

export const matrixHash = (travel: MetredTravel): string =>
	toHex(sha256(`fairlot travel matrix v1 ${travel.size}\n`, matrixBytes(travel)));
