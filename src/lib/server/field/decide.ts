// What the office decides about a closed record: returned to the crew with a reason, or accepted. What is accepted becomes
// the results of its targets in the same transaction; when one of them cannot be recorded, nothing is accepted.
import { sql, type Transaction } from 'kysely';
import { dayInChina } from '../../core/calendar/year';
import type { Pack, Stop } from '../../core/field/pack';
import { foldRecord, type StopRecord } from '../../core/field/record';
import { openOutcomes, resultsOf } from '../../core/posting/from-record';
import { changeOne } from '../db/change-one';
import type { DB } from '../db/schema';
import { append } from '../ledger';
import { recordResult, type RecordReason } from '../result/record';
import type { FieldActing } from './device';
import { eventsOf, lacks } from './record';

export type Decision =
	| { to: 'returned'; reason: string }
	/** outcomes: by target, where the record leaves it open. */
	| { to: 'accepted'; outcomes: Record<string, string> };

type DecisionReason =
	'no_such_record' | 'not_closed' | 'lacking' | 'own_record' | 'no_reason' | 'open_outcome' | RecordReason;
interface DecisionRefusal {
	ok: false;
	reason: DecisionReason;
	/** The target whose result cannot be recorded; '': it is about the record. */
	target: string;
}
/** results: numbers of those recorded. */
type DecisionOutcome = { ok: true; results: number[] } | DecisionRefusal;

/** Rolls back what was written for the targets before. */
class Refused extends Error {
	constructor(readonly refusal: DecisionRefusal) {
		super(refusal.reason);
	}
}
const refuse = (reason: DecisionReason, target = ''): DecisionRefusal => ({ ok: false, reason, target });

/** Nobody on its crew decides about a record. */
export async function decideRecord(
	acting: FieldActing,
	stop: string,
	decision: Decision
): Promise<DecisionOutcome> {
	if (decision.to === 'returned' && decision.reason.trim() === '') return refuse('no_reason');
	try {
		return await acting.db.transaction().execute((trx) => decideWithin(trx, acting, stop, decision));
	} catch (problem) {
		if (problem instanceof Refused) return problem.refusal;
		throw problem;
	}
}

async function decideWithin(
	trx: Transaction<DB>,
	acting: FieldActing,
	stop: string,
	decision: Decision
): Promise<DecisionOutcome> {
	const { county, actor, at } = acting;
	const row = await trx
		.selectFrom('app.field_record')
		.where('county', '=', county)
		.where('stop', '=', stop)
		.select(['state', 'pack'])
		.forUpdate()
		.executeTakeFirst();
	if (!row) return refuse('no_such_record');
	if (row.state !== 'closed') return refuse('not_closed');
	const { bytes, crew, draw } = await trx
		.selectFrom('app.field_pack')
		.where('county', '=', county)
		.where('hash', '=', row.pack)
		.select(['bytes', 'crew', 'draw'])
		.executeTakeFirstOrThrow();
	const { rows } = await sql<{ code: string | null }>`SELECT app.field_inspector() AS code`.execute(trx);
	if (rows[0]?.code && crew.includes(rows[0].code)) return refuse('own_record');
	const pack = JSON.parse(bytes.toString('utf8')) as Pack;
	const record = foldRecord(await eventsOf(trx, county, stop), stop);
	const accepts = decision.to === 'accepted';
	if (accepts && lacks(record, pack, at).length > 0) return refuse('lacking');
	const results =
		accepts && draw !== null
			? await recordTargets(trx, acting, { record, pack, draw }, decision.outcomes)
			: [];
	const reason = accepts ? null : decision.reason.trim();
	await trx
		.insertInto('app.field_message')
		.values(
			crew.map((inspector) => ({
				...{ county, inspector, at, kind: decision.to, route: pack.route, day: pack.day, hash: row.pack },
				...{ stop, text: reason }
			}))
		)
		.execute();
	const entry = { type: `field.${decision.to}`, at: at.toISOString(), actor };
	const decided_entry = await append(trx, county, {
		...{ ...entry, stop, content: record.content, reason },
		...(results.length > 0 ? { results } : {})
	});
	await changeOne(
		trx
			.updateTable('app.field_record')
			.set({ state: decision.to, reason, decided_by: actor, decided_at: at, decided_entry })
			.where('county', '=', county)
			.where('stop', '=', stop)
	);
	return { ok: true, results };
}

interface Whole {
	record: StopRecord;
	pack: Pack;
	/** Number of the batch. */
	draw: number;
}

/** @throws Refused, which rolls back what was recorded for the targets before */
async function recordTargets(
	trx: Transaction<DB>,
	{ county, actor, at }: FieldActing,
	{ record, pack, draw }: Whole,
	outcomes: Record<string, string>
): Promise<number[]> {
	const stop = pack.stops.find(({ id }) => id === record.stop) as Stop;
	const checkedOn = await visitedOn(trx, county, record);
	const inspectors = signersOf(record, pack);
	const recorded: number[] = [];
	for (const { target, outcome: told, findings } of resultsOf(record, stop)) {
		if (told === 'unreachable' && (await replaced(trx, county, draw, target))) continue;
		const outcome = told ?? openOutcomes.find((one) => one === outcomes[target]);
		if (!outcome) throw new Refused(refuse('open_outcome', target));
		const found = { draw: String(draw), target, checkedOn, inspectors, outcome, findings };
		const result = await recordResult(
			trx,
			county,
			{ ...found, source: 'field', record: record.stop },
			actor,
			at
		);
		if (!result.ok) throw new Refused(refuse(result.reason, target));
		recorded.push(result.id);
	}
	return recorded;
}

/** The day of the first arrival, by our clock: what the device's was ahead or behind is taken off. */
async function visitedOn(
	trx: Transaction<DB>,
	county: string,
	{ arrivals, events }: StopRecord
): Promise<string> {
	const first = arrivals[0] ?? events[0]!;
	const { skew_ms } = await trx
		.selectFrom('app.field_event')
		.where('county', '=', county)
		.where('id', '=', first.id)
		.select('skew_ms')
		.executeTakeFirstOrThrow();
	const written = 'writtenAt' in first ? first.writtenAt : first.at;
	return dayInChina(new Date(Date.parse(written) - Number(skew_ms)));
}

/** Those who signed what the record says now, with the certificates they showed. */
const signersOf = ({ signatures }: StopRecord, { crew }: Pack) =>
	crew
		.filter(({ code }) =>
			signatures.some(({ inspector, current, refused }) => inspector === code && current && !refused)
		)
		.map(({ name, certificate }) => ({ name, certificate }));

/** Whether a substitute was called in the place of a target that could not be reached. */
async function replaced(
	trx: Transaction<DB>,
	county: string,
	draw: number,
	target: string
): Promise<boolean> {
	const { rows } = await sql<{ replaced: boolean }>`SELECT EXISTS (SELECT FROM app.drawn d
		WHERE d.county = ${county} AND d.draw = ${draw} AND d.target = ${target})
		AND ${target} NOT IN (SELECT app.called(${county}, ${draw}::integer)) AS replaced`.execute(trx);
	return rows[0]!.replaced;
}
