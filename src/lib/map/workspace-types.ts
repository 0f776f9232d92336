// What the workspace is given by its page and its endpoints; the server's own types, by name only.
import type { DrawNote } from '../server/target';
import type { BoundaryNote, Township, TownshipCount } from '../server/selection';

export type { DrawnMark, DrawNote, PartyCard, TargetCard } from '../server/target';
export type { BoundaryNote, Township, TownshipCount } from '../server/selection';

export interface WorkspaceData {
	/** null while there is neither a township nor a target. */
	bounds: [west: number, south: number, east: number, north: number] | null;
	townships: Township[];
	/** Of the whole county. */
	counts: TownshipCount[];
	boundary: BoundaryNote | null;
	draws: DrawNote[];
	/** Names the state of the data in tile addresses. */
	version: string;
	/** Every character a township's or an office's name needs. */
	labelText: string;
	tianditu: boolean;
}
