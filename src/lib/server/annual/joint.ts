// 联合检查: what the chosen tasks have to do, on the registry as it is, and how many visits doing it together saves.
import { sql } from 'kysely';
import { jointVisits, type JointVisits, type TaskFrame } from '../../core/annual/joint';
import { makeFrame } from '../../core/draw/frame';
import { M, masses } from '../../core/draw/masses';
import type { TargetKind } from '../../core/model';
import type { DueTarget } from '../../core/visit/merge';
import type { Database } from '../db/database';
import { freeze } from '../frame';
import { sizeOf } from '../frozen';
import { planOf } from '../plan';
import type { Task } from './reading';

/** Null while fewer than two tasks are chosen. */
export async function jointOf(
	db: Database,
	county: string,
	tasks: readonly Task[],
	at: Date
): Promise<JointVisits | null> {
	if (tasks.length < 2) return null;
	const frames: TaskFrame[] = [];
	for (const task of tasks) frames.push(await taskFrame(db, county, task, at));
	return jointVisits(frames);
}

async function taskFrame(db: Database, county: string, task: Task, at: Date): Promise<TaskFrame> {
	const due: DueTarget[] = [];
	const chances = new Map<string, number>();
	for (const kind of task.kinds) {
		const plan = planOf({ ...task.spec, kind });
		const exclusions = Object.fromEntries(task.exclusions.map(({ target, reason }) => [target, reason]));
		const { rows } = await freeze(db, county, plan, { ...plan, salted: false, exclusions }, at);
		const made = makeFrame(rows);
		if (!made.ok) continue;
		const shares = masses(made.frame, sizeOf(plan, rows.length));
		if (shares.ok) made.frame.ids.forEach((id, i) => chances.set(id, shares.mass[i]! / M));
		due.push(...(await dueTargets(db, county, task, kind, made.frame.ids)));
	}
	return { task: task.number, due, chances };
}

async function dueTargets(
	db: Database,
	county: string,
	task: Task,
	kind: TargetKind,
	codes: readonly string[]
): Promise<DueTarget[]> {
	const items = task.items
		.filter((item) => item.kind === kind)
		.map(({ code }) => ({
			...{ item: code, department: task.departments[0]!, setupMin: 0, minutes: 0, scope: '' }
		}));
	const { rows } = await sql<{ target: string; party: string | null; xM: number; yM: number }>`
		SELECT code AS target, party, x_m AS "xM", y_m AS "yM" FROM app.current_target
		WHERE county = ${county} AND code = ANY(${[...codes]})`.execute(db);
	// A target without a known party is called on alone.
	return rows.map((row) => ({
		...{ ...row, party: row.party ?? `target ${row.target}`, parcel: null, items, hours: [] }
	}));
}
