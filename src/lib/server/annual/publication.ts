// What of an annual plan is put before the public (国市监信〔2019〕38号: batches, scope, number, timing): no person, no
// outline of ground and no target that is left out by name; whole numbers and text only, so that it can be hashed.
import type { Json } from '../../core/bytes/canonical';
import type { TargetKind } from '../../core/model';
import { bureauOf, type County } from '../county';
import type { Database } from '../db/database';
import { townshipNames } from '../plan';
import { readAnnual, type Task } from './reading';

export interface PublicTask {
	number: number;
	title: string;
	kinds: TargetKind[];
	items: { code: string; name: string; category: string; basis: string }[];
	departments: string[];
	/** As text: 5 %, or a number of targets. */
	ratioPercent: string | null;
	sampleSize: number | null;
	minPerTownship: number;
	h3Resolution: number;
	/** An outline was drawn on the map. */
	area: boolean;
	/** null: all of them. */
	townships: string[] | null;
	weights: { A: string; B: string; C: string; D: string; blacklist: string };
	exclusions: { reason: string; count: number }[];
	batches: { number: number; from: string; to: string; blacklisted: boolean }[];
}

export interface PublicPlan {
	county: string;
	bureau: string;
	demo: boolean;
	year: number;
	revision: number;
	filingNumber: string;
	tasks: PublicTask[];
}

export async function publicDocument(
	db: Database,
	county: County,
	year: number,
	{ filingNumber, revision }: { filingNumber: string; revision: number }
): Promise<Json> {
	const plan = await readAnnual(db, county.code, year);
	const names = new Map((await townshipNames(db, county.code)).map(({ code, name }) => [code, name]));
	const document: PublicPlan = {
		...{ county: county.name, bureau: bureauOf(county), demo: county.demo },
		...{ year, revision, filingNumber },
		tasks: (plan?.tasks ?? []).map((task) => publicTask(task, names))
	};
	return document as unknown as Json;
}

function publicTask(task: Task, names: ReadonlyMap<string, string>): PublicTask {
	const { spec } = task;
	const times = (weight: number) => String(weight);
	const reasons = new Map<string, number>();
	for (const { reason } of task.exclusions) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	return {
		...{ number: task.number, title: task.title, kinds: task.kinds, departments: task.departments },
		items: task.items.map(({ code, name, category, basis }) => ({ code, name, category, basis })),
		ratioPercent: spec.sizeBy === 'ratio' ? String(spec.ratioPercent) : null,
		sampleSize: spec.sizeBy === 'number' ? spec.sampleSize : null,
		...{ minPerTownship: spec.minPerTownship, h3Resolution: spec.h3Resolution },
		area: spec.area !== '',
		townships: spec.townships.length === 0 ? null : spec.townships.map((code) => names.get(code) ?? code),
		weights: {
			...{ A: times(spec.weightA), B: times(spec.weightB), C: times(spec.weightC), D: times(spec.weightD) },
			blacklist: spec.takeBlacklist ? 'take' : times(spec.weightBlacklist)
		},
		exclusions: [...reasons].map(([reason, count]) => ({ reason, count })),
		batches: task.batches.map(({ number, from, to, blacklisted }) => ({ number, from, to, blacklisted }))
	};
}

export interface Publication {
	plan: PublicPlan;
	documentHash: string;
	publishedAt: Date;
}

/** Of the portal: the last revision of a year, or of the latest year; years that were published. */
export async function publishedPlan(
	portal: Database,
	county: string,
	year: number | null
): Promise<{ years: number[]; publication: Publication | null }> {
	const rows = await portal
		.selectFrom('portal.annual_plan')
		.where('county', '=', county)
		.select(['year', 'revision'])
		.orderBy('year', 'desc')
		.orderBy('revision', 'desc')
		.execute();
	const years = [...new Set(rows.map((row) => row.year!))];
	const wanted = rows.find((row) => row.year === (year ?? years[0]));
	const row =
		wanted &&
		(await portal
			.selectFrom('portal.annual_plan')
			.where('county', '=', county)
			.where('year', '=', wanted.year)
			.where('revision', '=', wanted.revision)
			.selectAll()
			.executeTakeFirstOrThrow());
	return {
		years,
		publication: row
			? {
					plan: JSON.parse(row.document!) as PublicPlan,
					...{ documentHash: row.document_hash!, publishedAt: row.published_at! }
				}
			: null
	};
}
