// 规则参数: dated rows. A new value closes the row before it on its first day; nothing is deleted, and the rule of any day
// can be asked for.
import { sql, type Transaction } from 'kysely';
import { dayInChina } from '../core/calendar/year';
import { ruleKind, ruleKeys, type RuleKey } from '../core/rule/catalogue';
import { oneChanged } from './db/change-one';
import type { Database } from './db/database';
import type { DB } from './db/schema';
import { append } from './ledger';
import type { Setting, SetupProblem } from './setup/county';

interface Rule {
	key: RuleKey;
	value: number;
	/** First day. */
	from: string;
	/** The day after the last one; null: still holds. */
	to: string | null;
	source: string;
}

export async function listRules(db: Database, county: string): Promise<Rule[]> {
	const { rows } = await sql<Rule>`
		SELECT key, value, lower(valid)::text AS "from", upper(valid)::text AS "to", source
		FROM app.rule_param WHERE county = ${county} ORDER BY key, valid`.execute(db);
	return rows;
}

export interface RuleNote extends Rule {
	/** Who set it, by name where there is an account. */
	by: string;
	at: Date;
}

/** Every value a rule had, has and will have, the newest first. */
export async function ruleNotes(db: Database, county: string): Promise<RuleNote[]> {
	const { rows } = await sql<RuleNote>`
		SELECT r.key, r.value, lower(r.valid)::text AS "from", upper(r.valid)::text AS "to", r.source,
			coalesce(u.name, r.set_by) AS by, r.set_at AS at
		FROM app.rule_param r LEFT JOIN auth."user" u ON u.id = r.set_by
		WHERE r.county = ${county} ORDER BY r.key, r.valid DESC`.execute(db);
	return rows;
}

/** What holds on the day in China on which `at` falls; null: nobody set it. */
export const ruleOn = async (db: Database, county: string, key: RuleKey, at: Date): Promise<Rule | null> =>
	(await ruleOnDay(db, county, key, dayInChina(at))) ?? null;

/** Several at once, as they hold at `at`; null where nobody set one. */
export async function rulesOn<Key extends RuleKey>(
	db: Database,
	county: string,
	keys: readonly Key[],
	at: Date
): Promise<Record<Key, number | null>> {
	const { rows } = await sql<{ key: Key; value: number }>`SELECT key, value FROM app.rule_param
		WHERE county = ${county} AND key = ANY(${[...keys]}) AND valid @> ${dayInChina(at)}::date`.execute(db);
	const held = new Map(rows.map(({ key, value }) => [key, value]));
	return Object.fromEntries(keys.map((key) => [key, held.get(key) ?? null])) as Record<Key, number | null>;
}

/** Values as they were typed, from one day on. Those that say what holds already are left alone. */
export async function saveRules(
	{ db, county, actor, at }: Setting,
	{ from, rows }: { from: string; rows: { key: string; value: string; source: string }[] }
): Promise<{ ok: true; saved: number } | SetupProblem> {
	const wanted: { key: RuleKey; value: number; source: string }[] = [];
	for (const { key: given, value: text, source } of rows) {
		const key = ruleKeys.find((known) => known === given);
		if (!key) return { ok: false, field: given, reason: 'unknown' };
		const { least, most, whole } = ruleKind(key);
		const value = Number(text);
		const fits = /^[0-9]{1,4}(\.[0-9]{1,3})?$/.test(text.trim()) && value >= least && value <= most;
		if (!fits || (whole && !Number.isInteger(value)))
			return { ok: false, field: key, reason: whole ? 'rule_whole' : 'rule_range', at: `${least}–${most}` };
		wanted.push({ key, value, source });
	}
	return db.transaction().execute(async (trx) => {
		// One change of a county's rules at a time, so that ranges are cut one after the other.
		await sql`SELECT pg_advisory_xact_lock(hashtext('app.rule_param'))`.execute(trx);
		const changed: typeof wanted = [];
		for (const rule of wanted) {
			const before = await ruleOnDay(trx, county, rule.key, from);
			if (before?.value === rule.value && before.source === rule.source) continue;
			await place({ county, actor, at, from, ...rule }, trx, before);
			changed.push(rule);
		}
		if (changed.length > 0)
			await append(trx, county, {
				...{ type: 'rule.saved', at: at.toISOString(), actor, from },
				rules: changed.map(({ key, value, source }) => ({ key, value: String(value), source }))
			});
		return { ok: true, saved: changed.length } as const;
	});
}

async function ruleOnDay(db: Database, county: string, key: RuleKey, day: string) {
	const { rows } = await sql<Rule>`
		SELECT key, value, lower(valid)::text AS "from", upper(valid)::text AS "to", source FROM app.rule_param
		WHERE county = ${county} AND key = ${key} AND valid @> ${day}::date`.execute(db);
	return rows[0];
}

async function place(
	rule: Omit<Setting, 'db'> & { from: string; key: RuleKey; value: number; source: string },
	trx: Transaction<DB>,
	before: Rule | undefined
): Promise<void> {
	const { county, actor, at, from, key, value, source } = rule;
	const same = sql`county = ${county} AND key = ${key}`;
	if (before?.from === from) {
		const { numAffectedRows } = await sql`
			UPDATE app.rule_param SET value = ${value}, source = ${source}, set_by = ${actor}, set_at = ${at}
			WHERE ${same} AND lower(valid) = ${from}::date`.execute(trx);
		oneChanged(numAffectedRows, `app.rule_param ${key}`);
		return;
	}
	const { numAffectedRows } =
		await sql`UPDATE app.rule_param SET valid = daterange(lower(valid), ${from}::date)
		WHERE ${same} AND valid @> ${from}::date`.execute(trx);
	if (before) oneChanged(numAffectedRows, `app.rule_param ${key}`);
	await sql`INSERT INTO app.rule_param (county, key, value, valid, source, set_by, set_at)
		SELECT ${county}, ${key}, ${value}, daterange(${from}::date,
			(SELECT min(lower(valid)) FROM app.rule_param WHERE ${same} AND lower(valid) > ${from}::date)), ${source}, ${actor}, ${at}`.execute(
		trx
	);
}
