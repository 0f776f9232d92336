// Names and codes of townships and offices as people write them, matched to the directory.
// Invariant: a match is exact (code, twelve-digit code, full name) or the name without its 镇, 乡 or 街道, and unique.

export interface Named {
	code: string;
	name: string;
}

const stem = (name: string) => name.replace(/(镇|乡|街道|自然资源所|国土所|所)$/, '');

/** A function from what was written to the code, or null when nothing or more than one thing is meant. */
export function matcher(known: readonly Named[]): (text: string) => string | null {
	const byText = new Map<string, string | null>();
	const learn = (text: string, code: string) => {
		if (text !== '') byText.set(text, byText.has(text) && byText.get(text) !== code ? null : code);
	};
	for (const { name, code } of known) learn(stem(name), code);
	for (const { name, code } of known) byText.set(name, code);
	for (const { code } of known) byText.set(code, code).set(`${code}000`, code);
	return (text) => byText.get(text.trim()) ?? byText.get(stem(text.trim())) ?? null;
}

/** Lists in one cell: separated by + 、 , ， ; ； / or blanks. */
export const splitList = (text: string) => text.split(/[+、,，;；/\s]+/).filter((part) => part !== '');
