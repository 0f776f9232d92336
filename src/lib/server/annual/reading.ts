// An annual plan as its pages show it: tasks with their batches, steps, and how far each batch has come.
import { sql } from 'kysely';
import type { TargetKind } from '../../core/model';
import type { AnnualState, TaskForm } from '../../schema/annual';
import type { Database } from '../db/database';

/** planned: made, not drawn; ceremony: frozen, announced or locked; sealed: drawn, the list not open; then open, then routes. */
export type Stage = 'planned' | 'ceremony' | 'sealed' | 'opened' | 'routed';

export interface BatchPlan {
	plan: string;
	kind: TargetKind;
	exempt: boolean;
	stage: Stage;
	draw: number | null;
	seq: number | null;
	/** The plan of routes to open. */
	routes: number | null;
	drawn: number;
}
export interface Batch {
	number: number;
	from: string;
	to: string;
	blacklisted: boolean;
	plans: BatchPlan[];
}
export interface TaskItem {
	code: string;
	name: string;
	kind: TargetKind;
	category: string;
	basis: string;
}
export type TaskSpec = Omit<
	TaskForm,
	'title' | 'items' | 'departments' | 'responsible' | 'batches' | 'exclusions'
>;
export interface Task {
	number: number;
	title: string;
	kinds: TargetKind[];
	items: TaskItem[];
	/** The leading one first. */
	departments: string[];
	responsible: string;
	spec: TaskSpec;
	batches: Batch[];
	exclusions: { target: string; reason: string }[];
}
export interface Step {
	number: number;
	task: number | null;
	unit: string;
	step: string;
	due: string;
	doneBy: string | null;
	doneAt: Date | null;
}
export interface AnnualPlan {
	year: number;
	revision: number;
	state: AnnualState;
	filingNumber: string | null;
	createdBy: string;
	editedBy: string;
	submittedBy: string | null;
	submittedAt: Date | null;
	approvedBy: string | null;
	approvedAt: Date | null;
	publishedAt: Date | null;
	returnedReason: string | null;
	tasks: Task[];
	steps: Step[];
}

export async function annualYears(db: Database, county: string): Promise<number[]> {
	const rows = await db
		.selectFrom('app.annual_plan')
		.where('county', '=', county)
		.select('year')
		.orderBy('year', 'desc')
		.execute();
	return rows.map(({ year }) => year);
}

export async function readAnnual(db: Database, county: string, year: number): Promise<AnnualPlan | null> {
	const row = await db
		.selectFrom('app.annual_plan')
		.where('county', '=', county)
		.where('year', '=', year)
		.selectAll()
		.executeTakeFirst();
	if (!row) return null;
	return {
		...{ year, revision: row.revision, state: row.state as AnnualState, filingNumber: row.filing_number },
		...{ createdBy: row.created_by, editedBy: row.edited_by, submittedBy: row.submitted_by },
		...{ submittedAt: row.submitted_at, approvedBy: row.approved_by, approvedAt: row.approved_at },
		...{ publishedAt: row.published_at, returnedReason: row.returned_reason },
		tasks: await readTasks(db, county, year),
		steps: await readSteps(db, county, year)
	};
}

async function readTasks(db: Database, county: string, year: number): Promise<Task[]> {
	const of = <T extends { task: number }>(rows: readonly T[], number: number) =>
		rows.filter(({ task }) => task === number).map(({ task: _, ...row }) => row);
	const tasks = await db
		.selectFrom('app.task')
		.where('county', '=', county)
		.where('year', '=', year)
		.selectAll()
		.orderBy('number')
		.execute();
	const batches = await db
		.selectFrom('app.task_batch')
		.where('county', '=', county)
		.where('year', '=', year)
		.select(['task', 'number', 'blacklisted'])
		.select([sql<string>`from_day::text`.as('from'), sql<string>`to_day::text`.as('to')])
		.orderBy('number')
		.execute();
	const exclusions = await db
		.selectFrom('app.task_exclusion')
		.where('county', '=', county)
		.where('year', '=', year)
		.select(['task', 'target', 'reason'])
		.orderBy(sql`target COLLATE "C"`)
		.execute();
	const items = await db
		.selectFrom('app.item')
		.where('county', '=', county)
		.select(['code', 'name', 'kind', 'category', 'basis'])
		.execute();
	const known = new Map(items.map((item) => [item.code, item as TaskItem]));
	const plans = await batchPlans(db, county, year);
	return tasks.map((task) => ({
		...{ number: task.number, title: task.title, kinds: task.kinds as TargetKind[] },
		...{ departments: leadFirst(task.departments, task.lead_department), responsible: task.responsible },
		items: task.items.map((code) => known.get(code)!).filter(Boolean),
		spec: task.spec as unknown as TaskSpec,
		batches: of(batches, task.number).map((batch) => ({
			...batch,
			plans: of(plans, task.number)
				.filter((plan) => plan.batch === batch.number)
				.map(({ batch: _, ...plan }) => plan)
		})),
		exclusions: of(exclusions, task.number)
	}));
}

const leadFirst = (departments: readonly string[], lead: string) => [
	lead,
	...departments.filter((one) => one !== lead)
];

/** Of a plan the draw that counts: the latest that is neither a trial nor ended early. */
async function batchPlans(db: Database, county: string, year: number) {
	const { rows } = await sql<BatchPlan & { task: number; batch: number }>`
		SELECT l.task, l.batch, l.plan, l.kind, l.exempt, d.id AS draw, d.seq, r.series AS routes,
			CASE WHEN r.series IS NOT NULL THEN 'routed' WHEN d.state = 'revealed' THEN 'opened'
				WHEN d.state = 'drawn' THEN 'sealed' WHEN d.id IS NOT NULL THEN 'ceremony' ELSE 'planned' END AS stage,
			CASE WHEN d.state IN ('drawn', 'revealed') THEN d.sample_size ELSE 0 END AS drawn
		FROM app.task_plan l
		LEFT JOIN LATERAL (SELECT d.id, d.seq, d.state, d.sample_size FROM app.draw d
			WHERE d.county = l.county AND d.plan = l.plan AND d.assurance <> 'trial' AND d.state NOT IN ('void', 'aborted')
			ORDER BY d.id DESC LIMIT 1) d ON true
		LEFT JOIN LATERAL (SELECT max(r.series) AS series FROM app.route_plan r
			WHERE r.county = l.county AND r.draw = d.id AND r.state = 'current') r ON true
		WHERE l.county = ${county} AND l.year = ${year} ORDER BY l.task, l.batch, l.kind DESC`.execute(db);
	return rows;
}

async function readSteps(db: Database, county: string, year: number): Promise<Step[]> {
	return db
		.selectFrom('app.responsibility')
		.where('county', '=', county)
		.where('year', '=', year)
		.select(['number', 'task', 'unit', 'step', sql<string>`due::text`.as('due')])
		.select(['done_by as doneBy', 'done_at as doneAt'])
		.orderBy('due')
		.orderBy('number')
		.execute();
}

/** Lists of the superior body that were drawn in a year. */
export async function superiorLists(db: Database, county: string, year: number) {
	const { rows } = await sql<{ id: number; name: string; kind: TargetKind; size: number; drawnAt: Date }>`
		SELECT d.id, p.name, d.kind, d.sample_size AS size, d.drawn_at AS "drawnAt" FROM app.draw d
		JOIN app.plan p ON p.county = d.county AND p.id = d.plan
		WHERE d.county = ${county} AND d.source = 'superior' AND d.state IN ('drawn', 'revealed')
			AND extract(year FROM d.drawn_at AT TIME ZONE 'Asia/Shanghai') = ${year}::integer
		ORDER BY d.drawn_at, d.id`.execute(db);
	return rows;
}
