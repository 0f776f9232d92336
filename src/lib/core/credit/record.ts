// A penalty as the credit platforms take it: the fields of 双公示 for 行政处罚 (data standard of 2019), under their codes and
// in their order, all of them text. Rules: 国办发〔2018〕118号; 企业信息公示暂行条例.
// Invariant: a record is whole or it is refused with every field that is wrong; nothing is cut, guessed or left out.

import { isCanonicalText } from '../bytes/canonical';
import { isDay } from '../calendar/year';
import { leaks } from '../posting/redact';
import { checkUscc } from '../registry/codes';

interface CreditField {
	code: string;
	name: string;
	/** In characters. */
	most: number;
	blank: boolean;
}

const field = (code: string, name: string, most: number, blank = false): CreditField => ({
	...{ code, name, most, blank }
});

export const creditFields = [
	field('CF_XDR_MC', '行政相对人名称', 200),
	field('CF_XDR_LB', '行政相对人类别', 20),
	field('CF_XDR_SHXYM', '统一社会信用代码', 18),
	field('CF_FDDB', '法定代表人', 50, true),
	field('CF_WSH', '行政处罚决定书文号', 100),
	field('CF_WFXW', '违法行为类型', 2000),
	field('CF_SY', '违法事实', 5000),
	field('CF_YJ', '处罚依据', 2048),
	field('CF_CFLB', '处罚类别', 200),
	field('CF_NR', '处罚内容', 4000),
	field('CF_NR_FK', '罚款金额（万元）', 20, true),
	field('CF_NR_WFFF', '没收违法所得、没收非法财物的金额（万元）', 20, true),
	field('CF_NR_ZKDX', '暂扣或吊销证照名称及编号', 200, true),
	field('CF_JDRQ', '处罚决定日期', 10),
	field('CF_YXQ', '处罚有效期', 10),
	field('CF_GSJZQ', '公示截止期', 10),
	field('CF_CFJG', '处罚机关', 200),
	field('CF_CFJGDM', '处罚机关统一社会信用代码', 18),
	field('CF_SJLY', '数据来源单位', 200),
	field('CF_SJLYDM', '数据来源单位统一社会信用代码', 18),
	field('BZ', '备注', 512, true)
] as const;

export type CreditRecord = Readonly<Record<string, string>>;

/** Amounts in fen, days YYYY-MM-DD. authority: who decided, and whose data it is. */
export interface PenaltyFacts {
	party: { name: string; uscc: string };
	/** 法定代表人, where the directory has one. */
	representative: string;
	documentNumber: string;
	violation: string;
	facts: string;
	basis: string;
	kinds: readonly string[];
	content: string;
	fineFen: number;
	confiscatedFen: number;
	licence: string;
	decidedOn: string;
	/** The last day it is public. */
	endsOn: string;
	authority: { name: string; uscc: string };
	note: string;
}

export type FieldReason = 'missing' | 'long' | 'text' | 'personal' | 'code' | 'person' | 'day' | 'amount';
export interface FieldProblem {
	field: string;
	reason: FieldReason;
}

/** The words of the standard, 行政处罚法第九条. */
const kindWords: Record<string, string> = {
	warning: '警告',
	criticism: '通报批评',
	fine: '罚款',
	confiscation: '没收违法所得、没收非法财物',
	suspension: '责令停产停业',
	revocation: '吊销许可证件',
	restriction: '限制从业',
	other: '其他'
};

/** A decision holds until it is revoked: 长期. */
const FOR_GOOD = '2099/12/31';
const FEN_PER_WAN = 1_000_000;

/** 万元 with at most six places, without zeros behind. */
export function wan(fen: number): string {
	const rest = String(fen % FEN_PER_WAN).padStart(6, '0');
	return `${Math.floor(fen / FEN_PER_WAN)}.${rest}`.replace(/\.?0+$/, '');
}

const slashed = (day: string) => day.replaceAll('-', '/');
const plain = (text: string) => text.replaceAll('\r\n', '\n').normalize('NFC').trim();

/** 92…: 个体工商户 (GB 32100). */
const categoryOf = (uscc: string) => (uscc.startsWith('92') ? '个体工商户' : '法人及非法人组织');

export function creditRecord(
	facts: PenaltyFacts
): { ok: true; record: CreditRecord } | { ok: false; problems: FieldProblem[]; record: CreditRecord } {
	const { party, kinds, fineFen, confiscatedFen, authority } = facts;
	const values: Record<string, string> = {
		CF_XDR_MC: party.name,
		CF_XDR_LB: categoryOf(party.uscc),
		CF_XDR_SHXYM: party.uscc,
		CF_FDDB: facts.representative,
		CF_WSH: facts.documentNumber,
		CF_WFXW: facts.violation,
		CF_SY: facts.facts,
		CF_YJ: facts.basis,
		CF_CFLB: kinds.map((kind) => kindWords[kind] ?? '').join(';'),
		CF_NR: facts.content,
		CF_NR_FK: kinds.includes('fine') || fineFen > 0 ? wan(fineFen) : '',
		CF_NR_WFFF: confiscatedFen > 0 ? wan(confiscatedFen) : '',
		CF_NR_ZKDX: facts.licence,
		CF_JDRQ: slashed(facts.decidedOn),
		CF_YXQ: FOR_GOOD,
		CF_GSJZQ: slashed(facts.endsOn),
		CF_CFJG: authority.name,
		CF_CFJGDM: authority.uscc,
		CF_SJLY: authority.name,
		CF_SJLYDM: authority.uscc,
		BZ: facts.note
	};
	const record = Object.fromEntries(creditFields.map(({ code }) => [code, plain(values[code]!)]));
	const problems = creditFields.flatMap((one): FieldProblem[] => {
		const reason = problemOf(one, record[one.code]!) ?? ruleOf(one.code, facts);
		return reason ? [{ field: one.code, reason }] : [];
	});
	return problems.length > 0 ? { ok: false, problems, record } : { ok: true, record };
}

/** A line feed may be in a text; no other control character may, nor half a character. */
// eslint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufffe\uffff]/;

function problemOf({ code, most, blank }: CreditField, value: string): FieldReason | null {
	if (value === '') return blank ? null : 'missing';
	if ([...value].length > most) return 'long';
	if (!isCanonicalText(value) || unwritable.test(value)) return 'text';
	if (['CF_WFXW', 'CF_SY', 'CF_NR', 'BZ'].includes(code) && leaks(value).length > 0) return 'personal';
	return null;
}

function ruleOf(code: string, facts: PenaltyFacts): FieldReason | null {
	switch (code) {
		// A person has no such code, and their number is not kept here: that goes by hand.
		case 'CF_XDR_SHXYM':
			return { malformed: 'person', wrong: 'code', doubtful: null, valid: null }[
				checkUscc(facts.party.uscc)
			] as FieldReason | null;
		case 'CF_CFJGDM':
		case 'CF_SJLYDM':
			return ['malformed', 'wrong'].includes(checkUscc(facts.authority.uscc)) ? 'code' : null;
		case 'CF_CFLB':
			return facts.kinds.length > 0 && facts.kinds.every((kind) => kind in kindWords) ? null : 'missing';
		case 'CF_NR_FK':
			return facts.kinds.includes('fine') === facts.fineFen > 0 && amount(facts.fineFen) ? null : 'amount';
		case 'CF_NR_WFFF':
			return amount(facts.confiscatedFen) ? null : 'amount';
		case 'CF_JDRQ':
			return isDay(facts.decidedOn) ? null : 'day';
		case 'CF_GSJZQ':
			return isDay(facts.endsOn) && facts.endsOn >= facts.decidedOn ? null : 'day';
		default:
			return null;
	}
}

const amount = (fen: number) => Number.isSafeInteger(fen) && fen >= 0;

/** What names the case when it is taken off: nothing of what was found. */
export const identified = (record: CreditRecord): CreditRecord =>
	Object.fromEntries(
		['CF_XDR_MC', 'CF_XDR_SHXYM', 'CF_WSH', 'CF_JDRQ', 'CF_CFJGDM'].map((code) => [code, record[code]!])
	);
