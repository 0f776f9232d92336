// The form of an inspection item as text in one cell, a question to a line: `问题|类型|必填|标识`, the last two only where
// it must be answered, and where its id is not its number. 类型: 是否, 文字, 数字(单位), 单选(选项/选项); an option whose
// value is not its label is written value=label. There are no default answers, and no way to write one.
// Invariant: readTemplate(templateText(q)) = q for every form the field knows (core/field/form.ts).

export interface TemplateQuestion {
	id: string;
	kind: 'choice' | 'yes_no' | 'number' | 'text';
	text: string;
	options: { value: string; label: string }[];
	unit: string | null;
	required: boolean;
}

const MAX_QUESTIONS = 60;
const kinds = { 是否: 'yes_no', 文字: 'text', 数字: 'number', 单选: 'choice' } as const;
const names = { yes_no: '是否', text: '文字', number: '数字', choice: '单选' } as const;
const YES_NO = 'yes=是/no=否';

/** The questions, or the first line that is none. */
export function readTemplate(
	source: string
): { ok: true; questions: TemplateQuestion[] } | { ok: false; value: string } {
	const questions: TemplateQuestion[] = [];
	const used = new Set<string>();
	for (const raw of source.split(/\r\n|\n|\r/)) {
		const line = raw.trim();
		if (line === '') continue;
		const question = questionOf(line, questions.length + 1);
		const again = question && (used.has(`id ${question.id}`) || used.has(question.text));
		if (!question || again || questions.length === MAX_QUESTIONS)
			return { ok: false, value: line.slice(0, 60) };
		used.add(`id ${question.id}`).add(question.text);
		questions.push(question);
	}
	return { ok: true, questions };
}

const idOf = (number: number) => `question-${number}`;

function questionOf(line: string, number: number): TemplateQuestion | null {
	const parts = line.split(/[|｜]/).map((part) => part.trim());
	const [text = '', type = '', must = '', id = '', ...more] = parts;
	const [, name = '', inside = ''] = /^(是否|文字|数字|单选)(?:[(（]([^()（）]*)[)）])?$/.exec(type) ?? [];
	if (text === '' || text.length > 200 || name === '' || more.length > 0 || !['', '必填'].includes(must))
		return null;
	const kind = kinds[name as keyof typeof kinds];
	const chosen = kind === 'choice' || kind === 'yes_no';
	const options = chosen ? optionsOf(inside || (kind === 'yes_no' ? YES_NO : '')) : [];
	if (!options || id === 'result') return null;
	const unit = chosen || inside.trim() === '' ? null : inside.trim();
	return { id: id || idOf(number), kind, text, options, unit, required: must === '必填' };
}

function optionsOf(text: string): TemplateQuestion['options'] | null {
	const options = text.split('/').map((option) => {
		const [value = '', ...label] = option.split('=').map((part) => part.trim());
		return { value, label: label.length > 0 ? label.join('=') : value };
	});
	const values = new Set(options.map(({ value }) => value));
	const whole = options.every(({ value, label }) => value !== '' && label !== '');
	return options.length >= 2 && values.size === options.length && whole ? options : null;
}

export const templateText = (questions: readonly TemplateQuestion[]): string =>
	questions
		.map(({ id, kind, text, options, unit, required }, i) => {
			const written = options
				.map(({ value, label }) => (value === label ? value : `${value}=${label}`))
				.join('/');
			const inside = written === YES_NO && kind === 'yes_no' ? '' : written || unit;
			const parts = [text, names[kind] + (inside ? `(${inside})` : ''), required ? '必填' : ''];
			return [...parts, id === idOf(i + 1) ? '' : id].join('|').replace(/\|+$/, '');
		})
		.join('\n');
