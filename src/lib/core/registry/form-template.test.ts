import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTemplate, templateText, type TemplateQuestion } from './form-template';

it('reads a question to a line', () => {
	const text =
		'标识牌是否设置|是否|必填\n\n超采面积｜数字（平方米）\r\n界桩|单选(good=完好/损坏)||pile\n说明|文字';
	expect(readTemplate(text)).toEqual({
		ok: true,
		questions: [
			{
				...{ id: 'question-1', text: '标识牌是否设置', kind: 'yes_no', unit: null, required: true },
				options: [
					{ value: 'yes', label: '是' },
					{ value: 'no', label: '否' }
				]
			},
			{ id: 'question-2', text: '超采面积', kind: 'number', options: [], unit: '平方米', required: false },
			{
				...{ id: 'pile', text: '界桩', kind: 'choice', unit: null, required: false },
				options: [
					{ value: 'good', label: '完好' },
					{ value: '损坏', label: '损坏' }
				]
			},
			{ id: 'question-4', text: '说明', kind: 'text', options: [], unit: null, required: false }
		]
	});
});

it.each([
	...['没有类型', '|是否', '问题|默认', '问题|单选(一个)', '问题|单选(甲/甲)', '问题|是否|符合'],
	...['问|是否\n问|文字', '问|是否||result', '问|是否||a\n答|是否||a']
])('refuses %s and names the line', (source) =>
	expect(readTemplate(source)).toEqual({ ok: false, value: source.split('\n').at(-1) })
);

it('comes back from its text', () => {
	const word = fc.constantFrom('界桩', '面积 一', '是否完好', '甲', 'A-1', '完好');
	const option = fc.record({ value: word, label: word });
	const question = fc
		.record({
			id: fc.option(fc.uuid(), { nil: '' }),
			text: word,
			kind: fc.constantFrom('yes_no', 'choice', 'number', 'text'),
			options: fc.uniqueArray(option, { minLength: 2, maxLength: 4, selector: ({ value }) => value }),
			unit: fc.option(fc.constantFrom('m', '公顷')),
			required: fc.boolean()
		})
		.map((made) => {
			const chosen = made.kind === 'choice' || made.kind === 'yes_no';
			return { ...made, options: chosen ? made.options : [], unit: chosen ? null : made.unit };
		}) as fc.Arbitrary<TemplateQuestion>;
	fc.assert(
		fc.property(fc.uniqueArray(question, { selector: ({ text }) => text }), (made) => {
			const questions = made.map((each, i) => ({ ...each, id: each.id || `question-${i + 1}` }));
			expect(readTemplate(templateText(questions))).toEqual({ ok: true, questions });
		})
	);
});
