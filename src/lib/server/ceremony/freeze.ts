// 冻结名录: the frame of a plan as it stands now, with what was left out, becomes a draw that can be announced. Rules of
// protocol §4: no level 0; a task is drawn once; once digits were locked its redo is at level 3, over the same frame
// unless an error in it was the reason, and only the superior body can allow a second redo.
import { sql, type Transaction } from 'kysely';
import type { Excluded, FrameRow } from '../../core/draw/frame';
import type { EntropyLevel } from '../../core/draw/plan';
import type { CeremonyRefusal } from '../../schema/ceremony';
import { rolesOf } from '../../schema/account';
import type { DB } from '../db/schema';
import { nextNumber, saveFrame } from '../draw';
import { excludedRows, frameRows } from '../draw-reading';
import { compute, type Running } from '../draw-compute';
import { yearLimit } from '../burden/limit';
import { freeze } from '../frame';
import { sizeOf, type FrozenRows } from '../frozen';
import { append } from '../ledger';
import type { SavedPlan } from '../plan';
import { newlyFull, repeatedFrame, saveLimit } from './frame-limit';
import { ruleOn } from '../rule';
import { codedFrame, committedRows } from './public-frame';
import { drawTables, refused, sign, type Acting } from './step';

export interface CeremonySettings {
	level: EntropyLevel;
	/** In the order of their digits. */
	witnesses: { account: string; body: string }[];
	noticeMinutes: number;
	revealBy: Date;
	closeBy: Date;
	beacon: { kind: 'lottery' | 'drand'; source: string; pattern: string; after: Date } | null;
	superiorConsent: string | null;
	/** Number of the bureau's written permission to publish the frame, under pseudonyms; null: it stays closed. */
	framePermission?: string | null;
}

export async function freezeDraw(
	acting: Acting,
	plan: SavedPlan,
	settings: CeremonySettings,
	running: Running = {}
): Promise<{ ok: true; draw: number } | CeremonyRefusal> {
	const { db, county, at, actor } = acting;
	const { onProgress, signal } = running;
	const wrong = (await wrongSettings(acting, settings)) ?? wrongTimes(acting, settings);
	if (wrong) return wrong;
	const earlier = await earlierDraws(db, county.code, plan.id);
	const { redoOf, frameError } = earlier;
	const barred = barredRedo(earlier, settings);
	if (barred) return barred;

	onProgress?.({ step: 'freeze', done: 0, total: 1 });
	const { limit, ...rows } =
		redoOf !== null && !frameError
			? await repeatedFrame(
					acting,
					plan.exempt,
					await codedFrame(acting, redoOf, await storedFrame(acting, redoOf))
				)
			: await freeze(db, county.code, plan, { ...plan, salted: true }, at);
	if (rows.rows.length === 0) return { ok: false, reason: 'plan', problem: { reason: 'empty' } };
	const size = sizeOf(plan, rows.rows.length);
	const permission = settings.framePermission ?? null;
	const repeats = frameError ? null : redoOf;
	const committed = await committedRows(acting, plan, permission, rows, repeats);
	if (!committed.ok) return committed;
	const sealed = await compute({ work: 'seal', ...committed.frozen, ...size }, running);
	if (!sealed.ok) return { ok: false, reason: 'plan', problem: sealed.problem };
	onProgress?.({ step: 'save', done: 0, total: 1 });

	const outcome = await db.transaction().execute(async (trx) => {
		const id = await nextNumber(trx, county.code);
		// Somebody else may have frozen this plan meanwhile: the county's row is locked now, so this is the last word.
		const now = await earlierDraws(trx, county.code, plan.id);
		if (now.held || now.redoOf !== redoOf) return refused('already_held');
		// A batch frozen meanwhile may have used up a party's year: then the frame is taken again.
		const { full } = await yearLimit(trx, county.code, plan.exempt, at);
		if (await newlyFull(trx, county.code, rows, full, at)) return 'again' as const;
		await trx
			.insertInto('app.draw')
			.values({
				...{ county: county.code, id, plan: plan.id, kind: plan.kind, state: 'frozen' },
				...{ assurance: settings.level, frame_size: rows.rows.length, sample_size: size.sampleSize }
			})
			.execute();
		await saveFrame(trx, county.code, id, { ...sealed, ...(signal && { signal }) }, committed.openings);
		await saveLimit(trx, county.code, id, limit);
		await saveSettings(trx, acting, id, settings, redoOf);
		await append(trx, county.code, {
			type: 'draw.frozen',
			at: at.toISOString(),
			actor,
			draw: id,
			plan: plan.id,
			level: settings.level,
			witnesses: settings.witnesses.map(({ account, body }) => ({ account, body })),
			frame: sealed.seal.frame,
			framePermission: permission,
			limit: { year: limit.year, allowed: limit.allowed, exempt: limit.exempt, full: limit.full },
			redoOf
		});
		signal?.throwIfAborted();
		return { ok: true as const, draw: id };
	});
	if (outcome === 'again') return freezeDraw(acting, plan, settings, running);
	if (outcome.ok) await sign(acting);
	return outcome;
}

export async function wrongSettings(
	acting: Acting,
	settings: CeremonySettings
): Promise<CeremonyRefusal | null> {
	const { db, embedded, actor } = acting;
	const { level, witnesses, beacon } = settings;
	if (embedded && level !== 'L1') return refused('embedded_level', { field: 'level' });
	const enough = level === 'L1' ? [1] : level === 'L2' ? [2] : [1, 2];
	if (!enough.includes(witnesses.length)) return refused('witness_count', { field: 'witness2' });
	const bodiless = witnesses.findIndex(({ body }) => body === '');
	if (bodiless >= 0) return refused('body_missing', { field: `body${bodiless + 1}` });
	const [first, second] = witnesses;
	if (second && second.body === first?.body) return refused('same_body', { field: 'body2' });
	if ((beacon === null) === (level === 'L3')) return refused('beacon_needed', { field: 'beaconAfter' });
	for (const [i, { account }] of witnesses.entries()) {
		const field = `witness${i + 1}`;
		if (account === actor) return refused('is_witness', { field });
		if (witnesses.findIndex((other) => other.account === account) < i)
			return refused('witness_role', { field });
		const user = await db
			.selectFrom('auth.user')
			.where('id', '=', account)
			.select(['role', 'banned'])
			.executeTakeFirst();
		if (!user || user.banned || !rolesOf(user.role).includes('witness'))
			return refused('witness_role', { field });
	}
	return shortNotice(acting, settings);
}

/** The notice between C and the first digits, by the rule of the day; a demonstration does not wait. */
async function shortNotice(
	{ db, at, county, embedded }: Acting,
	{ noticeMinutes }: CeremonySettings
): Promise<CeremonyRefusal | null> {
	if (county.demo || embedded) return null;
	const rule = await ruleOn(db, county.code, 'notice_minutes', at);
	if (!rule) return refused('rule_missing', { rule: 'notice_minutes' });
	const { value: least } = rule;
	return noticeMinutes < least ? refused('notice_short', { field: 'noticeMinutes', least }) : null;
}

export function wrongTimes({ at }: Acting, settings: CeremonySettings): CeremonyRefusal | null {
	const { noticeMinutes, revealBy, closeBy, beacon } = settings;
	const earliest = new Date(at.getTime() + noticeMinutes * 60_000);
	if (beacon && beacon.after <= earliest) return refused('beacon_passed', { field: 'beaconAfter' });
	if (revealBy <= earliest || (beacon && revealBy <= beacon.after))
		return refused('deadlines', { field: 'revealHours' });
	return closeBy <= revealBy ? refused('deadlines', { field: 'closeDays' }) : null;
}

/** What the plan's earlier draws mean for a new one. */
interface Earlier {
	/** One of them is on its way or holds. */
	held: boolean;
	/** The last one whose digits were locked or given: the new one repeats it. */
	redoOf: number | null;
	/** It was repeated once already. */
	redone: boolean;
	frameError: boolean;
}

export async function earlierDraws(
	db: Acting['db'],
	county: string,
	task: string | number,
	tables = drawTables
): Promise<Earlier> {
	const draws = await db
		.selectFrom(`${tables.draw} as d`)
		.leftJoin(`${tables.ceremony} as c`, (join) =>
			join.onRef('c.county', '=', 'd.county').onRef('c.draw', '=', 'd.id')
		)
		.where('d.county', '=', county)
		.where(sql<boolean>`d.${sql.ref(tables.task)} = ${task}`)
		.where('d.assurance', '<>', 'trial')
		.orderBy('d.id')
		.select(['d.id', 'd.state', 'd.commitment', 'c.frame_error'])
		.select(({ exists, selectFrom }) =>
			exists(
				selectFrom(`${tables.witness} as w`)
					.whereRef('w.county', '=', 'd.county')
					.whereRef('w.draw', '=', 'd.id')
					.where(({ eb, or }) => or([eb('w.digits', 'is not', null), eb('w.digits_hash', 'is not', null)]))
					.select('w.place')
			).as('given')
		)
		.execute();
	const first = draws.findIndex(({ given }) => given);
	const base = draws.findLastIndex(({ given }) => given);
	return {
		held: draws.some(({ state }) => state !== 'void' && state !== 'aborted'),
		redoOf: draws[base]?.id ?? null,
		redone: first >= 0 && draws.slice(first + 1).some(({ commitment }) => commitment !== null),
		frameError: base >= 0 && draws.slice(base).some(({ frame_error }) => frame_error === true)
	};
}

export function barredRedo(
	earlier: Earlier,
	{ level, superiorConsent }: CeremonySettings
): CeremonyRefusal | null {
	if (earlier.held) return refused('already_held');
	if (earlier.redoOf === null) return null;
	if (level !== 'L3') return refused('redo_level', { field: 'level' });
	return earlier.redone && superiorConsent === null
		? refused('redo_consent', { field: 'superiorConsent' })
		: null;
}

/** The frame of an earlier draw, row for row with its salts. */
export async function storedFrame(
	{ db, county }: Pick<Acting, 'db' | 'county'>,
	draw: number
): Promise<FrozenRows> {
	const rows: FrameRow[] = [];
	for await (const batch of frameRows(db, county.code, draw))
		for (const row of batch) rows.push({ ...row, take: row.take as 0 | 1 });
	const excluded: Excluded[] = await excludedRows(db, county.code, draw);
	return { rows, excluded };
}

async function saveSettings(
	trx: Transaction<DB>,
	{ county: { code: county }, actor, at }: Acting,
	draw: number,
	{ beacon, witnesses, ...settings }: CeremonySettings,
	redoOf: number | null
): Promise<void> {
	await trx
		.insertInto('app.ceremony')
		.values({
			...{ county, draw, operator: actor, frozen_at: at, redo_of: redoOf },
			notice_minutes: settings.noticeMinutes,
			...{ reveal_by: settings.revealBy, close_by: settings.closeBy },
			superior_consent: settings.superiorConsent,
			public_frame: settings.framePermission != null,
			frame_permission: settings.framePermission ?? null,
			...(beacon && {
				...{ beacon_kind: beacon.kind, beacon_source: beacon.source },
				...{ beacon_pattern: beacon.pattern, beacon_after: beacon.after }
			})
		})
		.execute();
	await trx
		.insertInto('app.ceremony_witness')
		.values(witnesses.map(({ account, body }, i) => ({ county, draw, place: i + 1, account, body })))
		.execute();
}
