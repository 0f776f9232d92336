// What is asked about an item 抽查事项 at a stop: its result, and one question per clause of its content. There is no
// default answer anywhere: an untouched form is not "no problem found" (rules, results have no default value).
// An item may bring questions of its own (its template).
// Invariant: the form is a function of the item alone, and its first question is the result, which must be answered.

/** yes_no and choice are answered with the value of an option; number with decimal digits; text with text. */
export type QuestionKind = 'choice' | 'yes_no' | 'number' | 'text';

export interface Option {
	value: string;
	label: string;
}

export interface Question {
	/** Unique within its form. */
	id: string;
	kind: QuestionKind;
	text: string;
	/** Of a choice or yes_no; empty otherwise. */
	options: readonly Option[];
	/** Of a number. */
	unit: string | null;
	/** Must be answered before the record can be closed. */
	required: boolean;
}

export interface FormItem {
	code: string;
	name: string;
	/** 检查内容, clauses divided by semicolons. */
	content: string;
	/** Its own questions, asked instead of one per clause. What isTemplate() does not know is passed over. */
	template?: unknown;
}

/** The first question of every form. */
export const RESULT = 'result';

/** 检查结果: nothing found, something found, could not be looked into. */
export const results = ['none_found', 'found', 'not_checked'] as const;
export type ItemResult = (typeof results)[number];

export const resultLabels: Record<ItemResult, string> = {
	none_found: '未发现问题',
	found: '发现问题',
	not_checked: '未能检查'
};

const clauseOptions: readonly Option[] = [
	{ value: 'fit', label: '符合' },
	{ value: 'unfit', label: '不符合' },
	{ value: 'none', label: '不涉及' }
];

const kinds: readonly unknown[] = ['choice', 'yes_no', 'number', 'text'] satisfies QuestionKind[];
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Whether it is the list of an item's own questions: each with an id of its own, and answers where one chooses. */
export function isTemplate(value: unknown): value is Question[] {
	if (!Array.isArray(value) || value.length === 0) return false;
	const ids = new Set(value.map((one: Partial<Question> | null) => one?.id));
	return ids.size === value.length && !ids.has(RESULT) && value.every(isQuestion);
}

function isQuestion(value: unknown): value is Question {
	if (typeof value !== 'object' || value === null) return false;
	const { id, kind, text, options, unit, required } = value as Partial<Question>;
	if (!isText(id) || !isText(text) || !kinds.includes(kind) || typeof required !== 'boolean') return false;
	if (!Array.isArray(options) || !(unit === null || isText(unit))) return false;
	if (!options.every((one: Option) => isText(one?.value) && isText(one.label))) return false;
	return kind === 'choice' || kind === 'yes_no' ? options.length >= 2 : options.length === 0;
}

export function formOf(item: FormItem): Question[] {
	const result = resultQuestion(item);
	if (isTemplate(item.template)) return [result, ...item.template];
	const clauses = item.content
		.split(/[；;]/)
		.map((clause) => clause.trim())
		.filter((clause) => clause !== '');
	return [
		result,
		...clauses.map((text, k): Question => ({
			...{ id: `clause-${k + 1}`, kind: 'choice', text, options: clauseOptions, unit: null, required: false }
		}))
	];
}

const resultQuestion = ({ name }: FormItem): Question => ({
	...{ id: RESULT, kind: 'choice', text: `${name}：检查结果`, unit: null, required: true },
	options: results.map((value) => ({ value, label: resultLabels[value] }))
});

/** Whether a value answers a question: not whether it is true. */
export function isAnswer(question: Question, value: string): boolean {
	switch (question.kind) {
		case 'choice':
		case 'yes_no':
			return question.options.some((option) => option.value === value);
		case 'number':
			return /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/.test(value);
		case 'text':
			return value.trim() !== '';
	}
}
