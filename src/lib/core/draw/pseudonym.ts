// Ids of a public frame (protocol §2): id = H(TAG("fairlot/id/1") ‖ secret ‖ code). Without its secret a row names nobody,
// and nobody can try codes against it; with secret and code anybody can open it. The id is what the root commits to, so
// a row cannot be opened as another target afterwards.
import { fromHex, isHex, toHex } from '../bytes/hex';
import { taggedHash } from '../bytes/sha256';

/** Metres that points of a public frame are rounded to, at least. */
export const PUBLIC_GRID_M = 100;

/** A row opened: whose it is, and the proof. */
export interface Opening {
	id: string;
	code: string;
	/** 32 bytes in hex. */
	secret: string;
}

/** secret: 32 random bytes in hex, another for each row; code: the registry's. */
export const pseudonymOf = (secret: string, code: string): string =>
	toHex(taggedHash('fairlot/id/1', fromHex(secret), code));

export const opens = ({ id, code, secret }: Opening): boolean =>
	isHex(secret, 32) && pseudonymOf(secret, code) === id;
