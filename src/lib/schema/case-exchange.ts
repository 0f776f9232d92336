// Cases on their way to the law-enforcement platform (闽执法) and what comes back from it: version and shape of both files.
// The format in words: server/result/EXCHANGE.md.
import * as v from 'valibot';
import { isDay } from '../core/calendar/year';
import { penaltyKinds } from '../core/posting/state';
import { lines } from './result';

export const CASES = 'fairlot-cases/1';
const REPLIES = 'fairlot-case-replies/1';
/** Messages in one file. */
export const REPLIES_MOST = 1000;

/** filed 立案, not_filed 不予立案, decided 处罚决定, ended 结案. */
export const replyStates = ['filed', 'not_filed', 'decided', 'ended'] as const;
export type ReplyState = (typeof replyStates)[number];

const day = v.pipe(v.string(), v.check(isDay, 'day'));
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'digest'));

export const replyFile = v.object({
	v: v.literal(REPLIES, 'version'),
	county: v.string(),
	platform: lines(60),
	replies: v.pipe(
		v.array(v.unknown()),
		v.minLength(1, 'empty'),
		v.maxLength(REPLIES_MOST, `most:${REPLIES_MOST}`)
	)
});

export const caseReply = v.pipe(
	v.strictObject({
		number: lines(64),
		case: v.pipe(v.string(), v.regex(/^\d{6}-[1-9]\d{0,8}$/, 'case')),
		state: v.picklist(replyStates, 'choice'),
		on: day,
		note: v.optional(lines(1000, 0), ''),
		penalty: v.optional(
			v.strictObject({
				documentNumber: lines(60),
				kinds: v.pipe(v.array(v.picklist(penaltyKinds, 'choice')), v.minLength(1, 'kinds')),
				facts: lines(2000),
				basis: lines(1000),
				content: lines(1000),
				fineFen: v.pipe(v.number(), v.safeInteger('money'), v.minValue(0, 'money'))
			})
		),
		/** They stay on the platform; what is named here can be compared with a copy later. */
		attachments: v.optional(v.array(v.strictObject({ name: lines(200), sha256: digest })), [])
	}),
	v.check(({ state, penalty }) => (state === 'decided') === (penalty !== undefined), 'penalty')
);
export type CaseReply = v.InferOutput<typeof caseReply>;
