// A commitment as somebody typed or scanned it: case, spaces and dashes between the groups do not matter.
export interface GivenCommitment {
	text: string;
	/** 64 lower-case hex digits; null when the text is no commitment. */
	hash: string | null;
}

export function commitmentForm(text: string | null): GivenCommitment | null {
	const bare = (text ?? '').replace(/[\s\u2010-\u2015-]/g, '').toLowerCase();
	if (bare === '') return null;
	return { text: (text ?? '').slice(0, 200), hash: /^[0-9a-f]{64}$/.test(bare) ? bare : null };
}
