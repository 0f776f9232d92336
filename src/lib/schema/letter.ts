// 公文: a letter, once for its DOCX and for the page that prints it.

export type LetterBlock =
	| { kind: 'heading'; text: string }
	/** lead: what stands before the sentence, in 楷体. */
	| { kind: 'body'; lead: string; text: string }
	/** SHA-256 in hexadecimal. */
	| { kind: 'hash'; hex: string }
	/** Where the code of the public page stands. */
	| { kind: 'code' };

export interface Letter {
	bureau: string;
	/** null: given when it is filed. */
	number: string | null;
	year: number;
	title: string;
	warnings: string[];
	to: string;
	blocks: LetterBlock[];
	/** Names of what is attached. */
	annexes: string[];
	date: string;
}

export const heading = (text: string): LetterBlock => ({ kind: 'heading', text });
export const body = (text: string, lead = ''): LetterBlock => ({ kind: 'body', lead, text });

export const numberOf = ({ number, year }: Pick<Letter, 'number' | 'year'>): string =>
	number ?? `\u3000\u3000\u3000\u3000〔${year}〕\u3000\u3000号`;
export const annexText = (name: string, i: number): string =>
	`${i === 0 ? '附件：' : '\u3000\u3000\u3000'}${i + 1}.${name}`;
