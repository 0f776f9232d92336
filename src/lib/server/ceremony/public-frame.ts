// 名录公开: with the bureau's written permission a frame is committed under pseudonyms and published with the list (protocol
// §2). The choice is made once, at the freeze; a redo over the same frame keeps it, and every row its id.
import { PUBLIC_GRID_M } from '../../core/draw/pseudonym';
import type { CeremonyRefusal } from '../../schema/ceremony';
import type { FrozenRows } from '../frozen';
import { noOpenings, openingsOf, underCodes, underPseudonyms, type Openings } from '../pseudonyms';
import { refused, type Acting } from './step';

/** The rows as the root is computed of them. repeats: the draw whose frame they are, null for a new one. */
export async function committedRows(
	{ db, county }: Pick<Acting, 'db' | 'county'>,
	{ grid }: { grid: number },
	permission: string | null,
	rows: FrozenRows,
	repeats: number | null
): Promise<{ ok: true; frozen: FrozenRows; openings: Openings } | CeremonyRefusal> {
	const known = repeats === null ? noOpenings : await openingsOf(db, county.code, repeats);
	if (repeats !== null && known.size > 0 !== (permission !== null))
		return refused('frame_fixed', { field: 'framePermission' });
	if (permission === null) return { ok: true, frozen: rows, openings: noOpenings };
	if (grid < PUBLIC_GRID_M) return refused('public_grid', { field: 'framePermission' });
	return { ok: true, ...underPseudonyms(rows, known) };
}

/** A stored frame by the registry's codes. */
export const codedFrame = async (
	{ db, county }: Pick<Acting, 'db' | 'county'>,
	draw: number,
	stored: FrozenRows
): Promise<FrozenRows> => underCodes(stored, await openingsOf(db, county.code, draw));
