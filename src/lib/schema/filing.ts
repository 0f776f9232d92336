// 书面备案: what the filing of a draw and its papers say, as one plain value, so that the DOCX and the print page are made
// of the same facts. Instants are texts of China's clock; the words of levels, states and reasons are those of 公文.
import type { EntropyLevel } from '../core/draw/plan';
import type { TargetKind } from '../core/model';
import type { DrawState } from './ceremony';

export interface FilingTarget {
	code: string;
	/** null: the registry knew no such target on the day of the draw. */
	name: string | null;
	party: string | null;
	/** 统一社会信用代码. */
	uscc: string | null;
}

export interface FilingRow extends FilingTarget {
	serial: number;
	township: string;
	/** a_i / 2³⁰ in percent, four decimals. */
	chance: string;
	/** In the order they are to be taken. */
	substitutes: FilingTarget[];
}

export interface FilingWitness {
	name: string;
	body: string;
	/** Grouped by four; null until they may be known. */
	digits: string | null;
	/** What was published before either of two witnesses opened their digits. */
	hash: string | null;
	givenAt: string | null;
	/** Taken from the printed commitment after a power cut. */
	paper: boolean;
}

/** 检查人员抽取 for the routes of this list. */
export interface FilingCrews {
	seq: number;
	commitment: string;
	documentHash: string;
	/** Pairings there were, and which was drawn, from 1. */
	size: number;
	ticket: number;
	drawn: string;
	/** A seat each, by route: who holds it, who held it before ('' for nobody), who would take it. */
	rows: { day: string; office: string; team: string; name: string; before: string; next: string[] }[];
}

export interface FilingFacts {
	county: string;
	bureau: string;
	/** Every row is made up for demonstration, and each paper says so. */
	demo: boolean;
	draw: number;
	state: DrawState;
	/** The instant the facts were read, and its day as 公文 write it. */
	readAt: string;
	date: string;
	year: number;

	plan: {
		id: string;
		name: string;
		kind: TargetKind;
		frameSize: number;
		sampleSize: number;
		minPerTownship: number;
		h3Resolution: number;
		gridM: number;
		substitutes: number;
		crs: string;
		publicFrame: boolean;
		root: string;
		excludedRoot: string;
		allocation: {
			township: string;
			size: number;
			/** Targets due, A_h / 2³⁰. */ due: string;
			drawn: number | null;
		}[];
	};
	excludedCounts: { reason: string; count: number }[];
	excluded: (FilingTarget & { reason: string })[];

	seq: number;
	commitment: string;
	prev: string | null;
	level: EntropyLevel;
	nonceCommit: string;
	operator: string;
	witnesses: FilingWitness[];
	/** What was typed in from the paper sheet after a power cut. */
	paper: {
		reason: string;
		cutAt: string;
		drawnAt: string;
		signed: string;
		recordedBy: string;
		recordedAt: string;
		/** SHA-256 of the sheet's photograph. */
		scan: string | null;
	} | null;
	beacon: {
		source: string;
		after: string;
		value: string | null;
		evidence: string | null;
		enteredAt: string | null;
	} | null;
	noticeMinutes: number;
	/** Visits to one party in a year, at most, as it held on the day of the draw; null: nobody has set it. */
	yearCap: number | null;
	steps: {
		frozen: string;
		announced: string;
		locked: string | null;
		drawn: string | null;
		revealed: string | null;
	};
	revealBy: string;
	closeBy: string;

	/** Null until the list exists. */
	list: {
		rows: FilingRow[];
		manifestHash: string;
		selectedRoot: string;
		/** The targets of these serial numbers gave way to their own next substitutes. */
		granted: {
			serial: number;
			rank: number;
			failed: string;
			substitute: string;
			reason: string;
			at: string;
		}[];
	} | null;
	/** Null until the crews are drawn. */
	crews: FilingCrews | null;
	signatures: { name: string; role: 'operator' | 'witness'; at: string }[];
	objections: { name: string; at: string; statement: string }[];

	/** Number of the draw this one repeats; `again`: numbers of the draws that repeat this one. */
	redoOf: number | null;
	again: number[];
	superiorConsent: string | null;
	ended: { reason: string; at: string; by: string; askedBy: string | null; frameError: boolean } | null;

	/** Signed note over the ledger, with cosignatures; null where nothing was signed yet. */
	checkpoint: string | null;
	verifier: { html: string | null; py: string | null };
	/** Where anybody looks the commitment up; what the QR code opens. */
	portal: string;
}

/** Of a draw that has its list. */
export type DrawnFacts = FilingFacts & { list: NonNullable<FilingFacts['list']> };

export const hasList = (facts: FilingFacts): facts is DrawnFacts => facts.list !== null;

export const kindWords: Record<TargetKind, string> = { mining_right: '采矿权', land_parcel: '建设用地' };

/** Each level says what it holds against and, as plainly, what it does not (protocol §4: claim no more). */
export const levelWords: Record<EntropyLevel, { name: string; claim: string; limit: string }> = {
	L1: {
		name: 'L1（一名监督人现场抽数）',
		claim: '服务器随机数与一名监督人的数字共同决定名单，双方单独都不能左右结果。',
		limit: '本等级不防经办人与监督人事先串通。'
	},
	L2: {
		name: 'L2（两家单位的监督人分别抽数）',
		claim:
			'两家单位各派一名监督人，先各自封存数字再公开。经办人和两名监督人中只要有一方守规矩，结果就无人能左右。',
		limit: '本等级不防三方一起串通。'
	},
	L3: {
		name: 'L3（另加当时尚不存在的公开值）',
		claim: '数字锁定之后另加一个当时尚不存在的公开值，在场的人全部串通也不能事先算出结果。',
		limit: '本等级不防公开值的来源本身被操纵。'
	}
};

/** 64 characters in groups of eight that can be read out and compared. */
export const inGroups = (hex: string): string => (hex.match(/.{1,8}/g) ?? [hex]).join(' ');

/** A name in Chinese quotation marks; those within become single ones. */
export const quoted = (name: string): string => `“${name.replace(/“/g, '‘').replace(/”/g, '’')}”`;
