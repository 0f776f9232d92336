// One step of the verification of crews: the first value of the document that differs, or null.

import { toHex } from '../bytes/hex';
import { taggedHash, type sha256 } from '../bytes/sha256';
import type { Difference } from '../draw/manifest-shape';
import type { CrewDocument } from './document';

export type Step = (document: CrewDocument) => Difference | null;

export const differs = (path: string, expected: unknown, found: unknown, because?: string): Difference => ({
	...{ reason: 'differs', path, expected, found },
	...(because !== undefined && { because })
});
export const hash = (tag: string, ...parts: Parameters<typeof sha256>) => toHex(taggedHash(tag, ...parts));
