// Loads the demonstration county into an empty database: everything or nothing, in one transaction.
// Invariant: a database that has a county already, demonstration or not, is left as it is.
import { sql, type Transaction } from 'kysely';
import { canonicalBytes } from '../../core/bytes/canonical';
import { toHex } from '../../core/bytes/hex';
import { leafHash, treeRoot } from '../../core/ledger/tree';
import { ruleKinds } from '../../core/rule/catalogue';
import type { Database } from '../db/database';
import type { DB } from '../db/schema';
import { saveLimit } from '../ceremony/frame-limit';
import { saveDraw } from '../draw';
import { append } from '../ledger';
import { nameChange } from '../registry/change';
import { insertAnnual } from './annual';
import { COUNTY, makeCounty } from './demo-county';
import { GRID_M, makeHistory, SUBSTITUTES, WEIGHTS, yearOf, type PastDraw } from './history';
import { insertRules } from './rules';
import { insertBoundaries, insertDirectories, insertTargets } from './insert';
import { FIRST_DAY, startOf, type TargetVersion } from './target-version';

/** What is being done, and how much of it. */
type OnProgress = (
	stage: 'generate' | 'directories' | 'targets' | 'draws',
	done: number,
	total: number
) => void;

export interface LoadOptions {
	at: Date;
	actor?: string;
	onProgress?: OnProgress;
}

export type LoadResult =
	| { ok: true; targets: number; parties: number; draws: number }
	/** There is a county already; `code` names it. */
	| { ok: false; reason: 'county_exists'; code: string };

/** Versions per statement: some 600 kB of JSON. */
const BATCH = 1000;

export async function loadDemo(db: Database, options: LoadOptions): Promise<LoadResult> {
	const { at, actor = 'operator', onProgress = () => {} } = options;
	const existing = await db.selectFrom('app.county').select('code').executeTakeFirst();
	if (existing) return { ok: false, reason: 'county_exists', code: existing.code };
	onProgress('generate', 0, 1);
	const county = makeCounty();
	onProgress('generate', 1, 1);
	return db.transaction().execute(async (trx) => {
		// Two loads at once: the second waits here and then sees the county of the first.
		await sql`LOCK TABLE app.county IN SHARE ROW EXCLUSIVE MODE`.execute(trx);
		const meanwhile = await trx.selectFrom('app.county').select('code').executeTakeFirst();
		if (meanwhile) return { ok: false, reason: 'county_exists', code: meanwhile.code } as const;

		await sql`SELECT app.add_county(${COUNTY.code}, ${COUNTY.name}, ${COUNTY.epsg}::integer, true)`.execute(
			trx
		);
		// The directories are as old as the oldest target, so that those of a past day are not empty.
		await nameChange(trx, { import: null, at: new Date(startOf(FIRST_DAY)) });
		await insertBoundaries(trx, county, at);
		await insertDirectories(trx, county);
		await nameChange(trx, null);
		onProgress('directories', 1, 1);
		for (let from = 0; from < county.targets.length; from += BATCH) {
			await insertTargets(trx, county.targets.slice(from, from + BATCH));
			onProgress('targets', Math.min(from + BATCH, county.targets.length), county.targets.length);
		}
		await sql`ANALYZE app.target`.execute(trx);
		await insertRules(trx, { county: COUNTY.code, actor, at });
		await append(trx, COUNTY.code, {
			type: 'demo.loaded',
			at: at.toISOString(),
			actor,
			demo: true,
			parties: county.parties.length,
			inspectors: county.inspectors.length,
			rules: ruleKinds.length,
			targets: new Set(county.targets.map(({ code }) => code)).size,
			root: targetsRoot(county.targets)
		});
		const history = [...makeHistory(county, at)];
		for (const [i, past] of history.entries()) {
			await insertPastDraw(trx, past);
			onProgress('draws', i + 1, history.length);
		}
		await insertAnnual(trx, county, at);
		return {
			ok: true,
			targets: county.targets.filter(({ to }) => to === null).length,
			parties: county.parties.length,
			draws: history.length
		};
	});
}

/** Merkle root of the versions as they were loaded; degrees enter as text, since canonical numbers are whole. */
export const targetsRoot = (targets: readonly TargetVersion[]): string =>
	toHex(
		treeRoot(
			targets.map((target) =>
				leafHash(canonicalBytes({ ...target, lon: String(target.lon), lat: String(target.lat) }))
			)
		)
	);

async function insertPastDraw(trx: Transaction<DB>, past: PastDraw): Promise<void> {
	const { round, plan, at, manifest } = past;
	await trx
		.insertInto('app.plan')
		.values({
			county: COUNTY.code,
			id: plan,
			name: round.name,
			kind: round.kind,
			sample_size: round.sampleSize,
			min_per_township: round.minPerTownship,
			h3_resolution: round.h3Resolution,
			grid: GRID_M,
			substitutes: SUBSTITUTES,
			multipliers: JSON.stringify(WEIGHTS),
			created_at: new Date(at.getTime() - 7 * 86_400_000)
		})
		.execute();
	const draw = await saveDraw(trx, {
		county: COUNTY.code,
		plan,
		kind: round.kind,
		assurance: 'L1',
		seq: past.seq,
		prev: past.prev,
		manifest,
		frame: past.frame,
		excluded: past.excluded,
		masses: past.masses,
		entropy: past.entropy,
		at,
		actor: 'demo'
	});
	if (round.exempt) {
		const { suggested: allowed, source } = ruleKinds.find(({ key }) => key === 'year_cap')!;
		await saveLimit(trx, COUNTY.code, draw, { year: yearOf(round), allowed, source, exempt: true, full: [] });
	}
}
