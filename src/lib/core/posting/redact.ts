// What of a result may be public: a list of what is let through, and a search for what must never be in it. Free text of
// the field stays inside; of a penalty the fields of 双公示 go out, after the search. Invariant: a field that is not on the
// list is not in the document, whatever the record holds.

import { cellToParent } from 'h3-js';
import { checkUscc } from '../registry/codes';
import type { Measure, Outcome, PenaltyKind, Severity } from './state';

/** Some 5 km². */
const PUBLIC_RESOLUTION = 7;

export interface ResultRecord {
	party: { uscc: string; name: string } | null;
	target: {
		code: string;
		kind: 'mining_right' | 'land_parcel';
		township: string;
		townshipName: string;
		cell: string;
	};
	checkedOn: string;
	outcome: Outcome;
	inspectors: readonly { name: string; certificate: string }[];
	findings: readonly { itemName: string; severity: Severity; measure: Measure; text: string }[];
	draw: { seq: number | null; commitment: string | null; name: string };
}

interface Public {
	v: 'fairlot-posting/1';
	party: { uscc: string; name: string } | null;
	target: ResultRecord['target'];
	checkedOn: string;
	draw: ResultRecord['draw'];
}

export interface PublicResult extends Public {
	kind: 'result';
	outcome: Outcome;
	inspectors: number;
	findings: { item: string; severity: Severity; measure: Measure }[];
}

/** 双公示. Days: YYYY-MM-DD; ends: the last day it is public. */
export interface PenaltyRecord {
	documentNumber: string;
	kinds: readonly PenaltyKind[];
	facts: string;
	basis: string;
	content: string;
	fineFen: number;
	decidedOn: string;
	endsOn: string;
}

export interface PublicPenalty extends Public {
	kind: 'penalty';
	penalty: Omit<PenaltyRecord, 'kinds'> & { kinds: PenaltyKind[] };
}

const publicBasis = ({
	party,
	target,
	checkedOn,
	draw
}: Omit<ResultRecord, 'findings' | 'inspectors'>): Public => ({
	v: 'fairlot-posting/1',
	party: publicParty(party),
	target: {
		...{ code: target.code, kind: target.kind, township: target.township, townshipName: target.townshipName },
		cell: cellToParent(target.cell, PUBLIC_RESOLUTION)
	},
	checkedOn,
	draw: { seq: draw.seq, commitment: draw.commitment, name: draw.name }
});

export const publicResult = (record: ResultRecord): PublicResult => ({
	...publicBasis(record),
	...{ kind: 'result', outcome: record.outcome },
	// Their names stand in the notice the party holds, not on the open net.
	inspectors: record.inspectors.length,
	findings: record.findings.map(({ itemName, severity, measure }) => ({ item: itemName, severity, measure }))
});

/** Its text is searched by whoever publishes it: `leaks` of the document must be empty. */
export const publicPenalty = (
	record: ResultRecord,
	{ documentNumber, kinds, facts, basis, content, fineFen, decidedOn, endsOn }: PenaltyRecord
): PublicPenalty => ({
	...publicBasis(record),
	kind: 'penalty',
	penalty: { documentNumber, kinds: [...kinds], facts, basis, content, fineFen, decidedOn, endsOn }
});

/** A party with a unified code is an organisation; anybody else is a person, whose name is cut to its first character. */
export function publicParty(
	party: { uscc: string; name: string } | null
): { uscc: string; name: string } | null {
	if (!party) return null;
	const name = masked(party.name);
	// Somebody's own number has the form of a code, and is none.
	return checkUscc(party.uscc) === 'malformed' || leaks(party.uscc).length > 0
		? { uscc: '', name: personName(name) }
		: { uscc: party.uscc, name };
}

const personName = (name: string): string => {
	const [first = '', ...rest] = [...name];
	return first + '*'.repeat(Math.min(rest.length, 2));
};

type Leak = 'id_number' | 'phone' | 'address' | 'corner' | 'mail';

/** Digits of full width are digits. */
const plain = (text: string) => text.normalize('NFKC');
const patterns: readonly (readonly [Leak, RegExp])[] = [
	// 18 figures, the last may be X; 15 of the old form. Codes with letters and runs of more figures are none.
	[
		'id_number',
		/(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:1[89]|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?![0-9A-Za-z])/g
	],
	[
		'id_number',
		/(?<![0-9A-Za-z])[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])/g
	],
	['phone', /(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])/g],
	['phone', /(?<![0-9A-Za-z])0\d{2,3}[ -]\d{7,8}(?![0-9A-Za-z])/g],
	['mail', /[\w.+-]+@[\w-]+\.[\w.-]+/g],
	// 12号楼3单元401室, 村12组8号: where somebody lives.
	['address', /\d+(?:号楼|幢|栋|单元)[^，。；\s]{0,8}\d+(?:室|号)?/g],
	['address', /[一-龥]{1,8}(?:村|社区|路|街|巷)[一-龥]{0,6}\d+(?:组|号)(?:\d+[号室])?/g],
	// Degrees to the metre, and plane coordinates of a survey with their decimals.
	['corner', /(?<![\d.])(?:1[01]\d|2[3-8])\.\d{5,}(?!\d)/g],
	['corner', /(?<![\d.])(?:2[4-9]\d{5}|(?:3[89]|40)\d{6}|[3-7]\d{5})\.\d{1,4}(?!\d)/g]
];

/** What of a person or a survey is in a text, each with what was found. */
export const leaks = (text: string): { leak: Leak; found: string }[] =>
	patterns.flatMap(([leak, pattern]) =>
		[...plain(text).matchAll(pattern)].map(([found]) => ({ leak, found }))
	);

/** The text with whatever `leaks` finds cut to asterisks. */
const masked = (text: string): string =>
	patterns.reduce((rest, [, pattern]) => rest.replace(pattern, '***'), plain(text));
