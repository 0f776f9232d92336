// What is asked about an item 抽查事项 at a stop: its result, and one question per clause of its content. There is no
// default answer anywhere: an untouched form is not "no problem found" (rules, results have no default value).
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

export function formOf(item: FormItem): Question[] {
	const clauses = item.content
		.split(/[；;]/)
		.map((clause) => clause.trim())
		.filter((clause) => clause !== '');
	return [
		{
			...{ id: RESULT, kind: 'choice', text: `${item.name}：检查结果`, unit: null, required: true },
			options: results.map((value) => ({ value, label: resultLabels[value] }))
		},
		...clauses.map((text, k): Question => ({
			...{ id: `clause-${k + 1}`, kind: 'choice', text, options: clauseOptions, unit: null, required: false }
		}))
	];
}

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
