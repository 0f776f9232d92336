// Results of the demonstration's last batches that are old and large enough, made by the steps themselves under the accounts
// that would take them: of every outcome and at every stage, with penalties, referrals and a posting that was taken off and
// corrected. Days are told back from `at`, so that some clocks run out soon and some have run out. Once; a county with
// results is left as it is.
import { sql } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { TargetKind } from '../../core/model';
import type { Outcome } from '../../core/posting/state';
import { creditRound } from '../credit/clock';
import { creditSettings } from '../credit/settings';
import type { Database } from '../db/database';
import { fileAppeal } from '../portal/party';
import { answerAppeal } from '../result/appeal';
import { issueWord } from '../result/party-word';
import {
	decidePenalty,
	draftPenalty,
	postPenalty,
	reviewPenalty,
	type PenaltyDraft
} from '../result/penalty';
import { post } from '../result/post';
import { recordResult, type Found } from '../result/record';
import { moveReferral, propose, type Proposal, type ReferralStep } from '../result/referral';
import { approve, askWithdrawal, close, giveBack, rectify, withdraw, type Acting } from '../result/step';

const DAY_MS = 86_400_000;

type Who = 'planner' | 'leader' | 'head' | 'inspector' | 'reviewer' | 'publisher';
interface Cast {
	/** Who acts, so many days ago. */
	as(who: Who, daysAgo: number): Acting;
	/** As a party with its word sees the database. */
	party: Database;
	day(daysAgo: number): string;
	/** Of this year, each once. */
	documentNumber(): string;
	/** The last that was made. */
	last(table: 'app.penalty' | 'app.referral' | 'app.party_word' | 'app.appeal'): Promise<number>;
}

interface Scene {
	kind: TargetKind;
	/** Of the target before it: its correction. */
	again?: true;
	/** Days ago. */
	checked: number;
	outcome: Outcome;
	findings?: (cast: Cast) => Found['findings'];
	/** What becomes of it after it was recorded. */
	then?: (cast: Cast, id: number) => Promise<void>;
}

/** Steps of a demonstration are never refused. */
async function sure(outcome: Promise<{ ok: boolean }>): Promise<void> {
	const given = await outcome;
	if (!given.ok) throw new Error(`demonstration results: ${JSON.stringify(given)}`);
}

const approved = (cast: Cast, id: number, ago: number) => sure(approve(cast.as('head', ago), id));
async function posted(cast: Cast, id: number, ago: number): Promise<void> {
	await approved(cast, id, ago + 4);
	await sure(post(cast.as('publisher', ago), id));
}
const ended = (ago: number, closing: string) => async (cast: Cast, id: number) => {
	await posted(cast, id, ago + 3);
	await sure(close(cast.as('head', ago), id, closing));
};
const only = (ago: number) => (cast: Cast, id: number) => posted(cast, id, ago);

const found = (
	item: string,
	severity: 'minor' | 'ordinary' | 'serious',
	text: string,
	measure: Found['findings'][number]['measure'],
	rectifyBy: string | null = null
): Found['findings'] => [{ item, severity, text, measure, rectifyBy }];

async function drafted(
	cast: Cast,
	id: number,
	ago: number,
	given: Pick<PenaltyDraft, 'facts' | 'basis' | 'content' | 'fineFen'>
) {
	const draft = { ...given, documentNumber: cast.documentNumber(), kinds: ['fine' as const] };
	await sure(draftPenalty(cast.as('planner', ago), id, draft));
	return { id, penalty: await cast.last('app.penalty') };
}

/** To the police or a department, and on through the steps given, a day each. */
async function referred(
	cast: Cast,
	id: number,
	proposal: Omit<Proposal, 'again'>,
	ago: number,
	steps: readonly [who: Who, name: ReferralStep, text: string][] = []
): Promise<void> {
	await sure(propose(cast.as('head', ago), id, { ...proposal, again: null }));
	const referral = await cast.last('app.referral');
	for (const [i, [who, name, text]] of steps.entries())
		await sure(moveReferral(cast.as(who, ago - i - 1), id, { referral, name, text }));
}

/** What the party files with the word on its notice. */
async function objected(cast: Cast, id: number, ago: number, statement: string): Promise<void> {
	const { db, county, at } = cast.as('head', ago);
	const { number: posting, party } = await db
		.selectFrom('app.posting')
		.where('county', '=', county)
		.where('result', '=', id)
		.select(['number', 'party'])
		.executeTakeFirstOrThrow();
	if (party === null) return;
	const issued = await issueWord(cast.as('head', ago + 1), party);
	if (!issued.ok) throw new Error(`demonstration results: ${issued.reason}`);
	const word = await cast.last('app.party_word');
	const visit = { id: word, party, used: false, expiresAt: issued.expiresAt };
	await sure(fileAppeal({ db: cast.party, county, at }, visit, { posting, kind: 'objection', statement }));
}

const quiet = (kind: TargetKind, count: number, first: number): Scene[] =>
	Array.from({ length: count }, (_, i) => ({
		...{ kind, checked: first - i, outcome: 'none_found' as const },
		then: ended(first - i - 12, '未发现问题，办结')
	}));

const scenes: readonly Scene[] = [
	...quiet('mining_right', 12, 200),
	{
		...{ kind: 'mining_right', checked: 180, outcome: 'on_site' },
		findings: () => found('KC-01', 'minor', '东侧一处界桩倾斜，现场扶正', 'on_site'),
		then: ended(165, '现场改正，办结')
	},
	{
		...{ kind: 'mining_right', checked: 150, outcome: 'ordered' },
		findings: (cast) => found('KC-05', 'ordinary', '采场边坡未按方案修整', 'ordered', cast.day(110)),
		then: async (cast, id) => {
			await posted(cast, id, 135);
			await sure(rectify(cast.as('inspector', 112), id, { number: 1, on: cast.day(112) }));
			await sure(close(cast.as('head', 110), id, '已按期改正，办结'));
		}
	},
	{
		...{ kind: 'mining_right', checked: 60, outcome: 'ordered' },
		findings: (cast) => found('KC-06', 'ordinary', '复垦费用未足额预存', 'ordered', cast.day(6)),
		then: only(45)
	},
	{
		...{ kind: 'mining_right', checked: 20, outcome: 'ordered' },
		findings: (cast) => found('KC-04', 'minor', '年度信息填报不完整', 'ordered', cast.day(-2)),
		then: only(8)
	},
	{
		...{ kind: 'mining_right', checked: 120, outcome: 'case' },
		findings: () => found('KC-03', 'serious', '北侧越界开采，实测超出拐点连线', 'case'),
		then: async (cast, id) => {
			await posted(cast, id, 105);
			const which = await drafted(cast, id, 90, {
				...{ facts: '超越批准的矿区范围采矿', basis: '《中华人民共和国矿产资源法》', fineFen: 8_000_000 },
				content: '责令退回本矿区范围内开采，罚款人民币捌万元'
			});
			await sure(reviewPenalty(cast.as('reviewer', 80), which, '事实清楚，程序合法，同意'));
			await sure(decidePenalty(cast.as('leader', 70), which, cast.day(70)));
			await sure(postPenalty(cast.as('publisher', 65), which, cast.day(65 - 730)));
			// The counterpart took it the next day.
			await pushed(cast.as('publisher', 64));
			await sure(close(cast.as('head', 60), id, '处罚已执行，办结'));
		}
	},
	{
		...{ kind: 'mining_right', checked: 13, outcome: 'case' },
		findings: () => found('KC-03', 'serious', '矿区外另开采面，疑似非法采矿', 'referral'),
		then: async (cast, id) => {
			await posted(cast, id, 3);
			await referred(
				cast,
				id,
				{ recipient: 'police', body: '县公安局', crime: true, matter: '涉嫌非法采矿，开采量和价值待鉴定' },
				2
			);
		}
	},
	{
		...{ kind: 'mining_right', checked: 140, outcome: 'unreachable' },
		then: ended(120, '停产，已函告登记机关')
	},
	{
		...{ kind: 'mining_right', checked: 24, outcome: 'refused' },
		then: async (cast, id) => {
			await posted(cast, id, 9);
			await objected(cast, id, 5, '当日矿区停产检修、无人值守，已电话说明并约定补查，不属于不配合检查。');
		}
	},
	{
		...{ kind: 'mining_right', checked: 100, outcome: 'on_site' },
		findings: () => found('KC-07', 'minor', '安全告知牌缺失，现场补设', 'on_site'),
		then: async (cast, id) => {
			await posted(cast, id, 85);
			await sure(askWithdrawal(cast.as('leader', 40), id, '事项适用有误，决定变更'));
			await sure(withdraw(cast.as('publisher', 39), id));
		}
	},
	{
		...{ kind: 'mining_right', again: true, checked: 99, outcome: 'ordered' },
		findings: (cast) => found('KC-07', 'ordinary', '安全告知制度未落实', 'ordered', cast.day(20)),
		then: async (cast, id) => {
			await posted(cast, id, 30);
			await sure(rectify(cast.as('inspector', 22), id, { number: 1, on: cast.day(22) }));
		}
	},
	...quiet('land_parcel', 2, 60),
	{ ...{ kind: 'land_parcel', checked: 18, outcome: 'none_found' }, then: only(5) },
	{ kind: 'land_parcel', checked: 4, outcome: 'none_found' },
	{ kind: 'land_parcel', checked: 27, outcome: 'none_found' },
	{
		...{ kind: 'land_parcel', checked: 40, outcome: 'on_site' },
		findings: () => found('YD-06', 'minor', '施工围挡外移，现场收回', 'on_site')
	},
	{
		...{ kind: 'land_parcel', checked: 12, outcome: 'none_found' },
		then: (cast, id) => approved(cast, id, 6)
	},
	{
		...{ kind: 'land_parcel', checked: 36, outcome: 'ordered' },
		findings: (cast) => found('YD-05', 'ordinary', '临时用地到期未恢复', 'ordered', cast.day(-30)),
		then: (cast, id) => approved(cast, id, 20)
	},
	{
		...{ kind: 'land_parcel', checked: 30, outcome: 'case' },
		findings: () => found('YD-01', 'serious', '超出批准范围占地', 'case'),
		then: async (cast, id) => {
			await posted(cast, id, 14);
			await drafted(cast, id, 5, {
				...{
					facts: '未经批准超出批准范围占用土地',
					basis: '《中华人民共和国土地管理法》',
					fineFen: 2_000_000
				},
				content: '责令退还，罚款人民币贰万元'
			});
		}
	},
	{
		...{ kind: 'land_parcel', checked: 45, outcome: 'case' },
		findings: () => found('YD-01', 'serious', '批准前动工建设', 'case'),
		then: async (cast, id) => {
			await posted(cast, id, 30);
			const which = await drafted(cast, id, 22, {
				...{ facts: '未经批准先行占地动工', basis: '《中华人民共和国土地管理法》', fineFen: 3_500_000 },
				content: '罚款人民币叁万伍仟元'
			});
			await sure(reviewPenalty(cast.as('reviewer', 15), which, '裁量适当，同意'));
			await sure(decidePenalty(cast.as('leader', 8), which, cast.day(8)));
		}
	},
	{
		...{ kind: 'land_parcel', checked: 50, outcome: 'case' },
		findings: () => found('YD-03', 'serious', '永久基本农田内堆放固体废弃物', 'referral'),
		then: async (cast, id) => {
			await posted(cast, id, 35);
			await referred(
				cast,
				id,
				{
					recipient: 'department',
					body: '县农业农村局',
					crime: false,
					matter: '永久基本农田内堆放固体废弃物'
				},
				30,
				[
					['leader', 'decide', ''],
					['head', 'send', ''],
					['head', 'receive', '收文〔2026〕15号']
				]
			);
		}
	},
	{
		...{ kind: 'land_parcel', checked: 70, outcome: 'ordered' },
		findings: (cast) => found('YD-04', 'ordinary', '容积率核算资料不全', 'ordered', cast.day(-10)),
		then: async (cast, id) => {
			await posted(cast, id, 50);
			await objected(cast, id, 12, '核算资料已于检查前报送，附签收回执，请予更正。');
			const answer = { answer: '经复核，回执属实，原认定有误，将撤下并更正。', upheld: true };
			await sure(answerAppeal(cast.as('reviewer', 4), { id: await cast.last('app.appeal'), ...answer }));
			await sure(askWithdrawal(cast.as('leader', 2), id, '复核后认定事实有变'));
		}
	},
	{
		...{ kind: 'land_parcel', checked: 16, outcome: 'none_found' },
		then: (cast, id) => sure(giveBack(cast.as('head', 10), id, '检查日期与现场笔录不一致，核对后重报'))
	}
];

/** party: the database under the identity that a party files under. */
export async function demoResults(db: Database, party: Database, at: Date): Promise<void> {
	const county = await db.selectFrom('app.county').where('demo', '=', true).select('code').executeTakeFirst();
	if (!county) return;
	const known = await db.selectFrom('app.result').select('id').limit(1).executeTakeFirst();
	const accounts = await db
		.selectFrom('auth.user')
		.where('demo', '=', true)
		.select(['id', 'username'])
		.execute();
	if (known || accounts.length === 0) return;
	const ids = new Map(accounts.map(({ id, username }) => [username, id]));
	const cast = castOf({ db, party }, county.code, at, ids);
	const batches = {
		mining_right: await lastBatch(db, cast, 'mining_right'),
		land_parcel: await lastBatch(db, cast, 'land_parcel')
	};
	const crew = await db
		.selectFrom('app.inspector')
		.where('county', '=', county.code)
		.where(sql<boolean>`certificate_valid @> daterange(${cast.day(210)}, ${cast.day(0)})`)
		.select(['name', 'certificate'])
		.orderBy('code')
		.limit(8)
		.execute();
	const nextOf = { mining_right: 0, land_parcel: 0 };
	for (const [i, scene] of scenes.entries()) {
		const batch = batches[scene.kind];
		// A county that was not filled by the demonstration.
		if (!batch) continue;
		const { draw, drawnOn, targets } = batch;
		const target = targets[scene.again ? nextOf[scene.kind] - 1 : nextOf[scene.kind]++];
		// A clock set before the batch was drawn has nothing to tell of it.
		if (!target || cast.day(scene.checked) < drawnOn) continue;
		await play(cast, scene, { draw: String(draw), target, inspectors: [crew[i % 4]!, crew[4 + (i % 4)]!] });
	}
}

const pushed = ({ db, at }: Acting) =>
	creditRound(db, { settings: creditSettings({}), embedded: true, now: () => at });

async function play(
	cast: Cast,
	{ checked, outcome, findings, then }: Scene,
	of: Pick<Found, 'draw' | 'target' | 'inspectors'>
): Promise<void> {
	const { db, county, actor, at } = cast.as('inspector', Math.max(0, checked - 1));
	const given = { ...of, checkedOn: cast.day(checked), outcome, source: 'paper', record: null } as const;
	const recorded = await db
		.transaction()
		.execute((trx) => recordResult(trx, county, { ...given, findings: findings?.(cast) ?? [] }, actor, at));
	if (!recorded.ok) throw new Error(`demonstration results: ${JSON.stringify(recorded)}`);
	await then?.(cast, recorded.id);
}

function castOf(
	{ db, party }: { db: Database; party: Database },
	county: string,
	at: Date,
	accounts: ReadonlyMap<string, string>
): Cast {
	const instant = (daysAgo: number) => new Date(at.getTime() - daysAgo * DAY_MS);
	let penalties = 0;
	return {
		party,
		as: (who, daysAgo) => ({ db, county, actor: accounts.get(who) ?? 'demo', at: instant(daysAgo) }),
		day: (daysAgo) => dayInChina(instant(daysAgo)),
		documentNumber: () => `演示自然资罚〔${dayInChina(at).slice(0, 4)}〕${++penalties}号`,
		last: async (table) => {
			const { rows } = await sql<{ id: number }>`SELECT max(id) AS id FROM ${sql.table(table)}`.execute(db);
			return rows[0]!.id;
		}
	};
}

/** The last one of a kind that has a target for every scene and was drawn before the first, with those it calls. */
async function lastBatch(db: Database, cast: Cast, kind: TargetKind) {
	const own = scenes.filter((scene) => scene.kind === kind);
	const targets = own.filter(({ again }) => !again).length;
	const first = cast.day(Math.max(...own.map(({ checked }) => checked)));
	const { rows } = await sql<{ draw: number; drawnOn: string; targets: string[] }>`
		SELECT d.id AS draw, d.day::text AS "drawnOn", ARRAY(SELECT app.called(d.county, d.id)) AS targets
		FROM (SELECT *, (drawn_at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM app.draw) d
		WHERE d.kind = ${kind} AND d.seq IS NOT NULL
		ORDER BY d.day <= ${first}::date AND d.sample_size >= ${targets} DESC, d.seq DESC LIMIT 1`.execute(db);
	return rows[0];
}
