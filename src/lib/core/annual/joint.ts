// 联合检查 (二(五)): what several tasks have to do at one party in one place is done in one visit. How many visits that
// saves, if every target were visited and as expected of the draws to come. Expected: targets taken as drawn
// independently of each other with the chances they have, which is near enough for a count of visits.
// Invariant: together is never more than apart, and both are what mergeVisits makes of the same targets.

import { mergeVisits, type DueTarget } from '../visit/merge';

export interface TaskFrame {
	task: number;
	due: readonly DueTarget[];
	/** Chance of each target, by its id; one that is missing counts as certain. */
	chances: ReadonlyMap<string, number>;
}

export interface JointVisits {
	/** Visits when each task is done for itself, and when they are done together. */
	apart: number;
	together: number;
	/** Expected at the chances given. */
	expectedApart: number;
	expectedTogether: number;
	/** Places at which two tasks or more have something to do. */
	shared: number;
	perTask: { task: number; targets: number; visits: number }[];
}

export function jointVisits(tasks: readonly TaskFrame[]): JointVisits {
	/** That nothing of it is drawn, the chances being independent. */
	const missed = (targets: readonly string[], { chances }: TaskFrame, of: ReadonlySet<string>) =>
		targets.reduce((all, id) => (of.has(id) ? all * (1 - (chances.get(id) ?? 1)) : all), 1);
	const sets = tasks.map(({ due }) => new Set(due.map(({ target }) => target)));
	let expectedApart = 0;
	const perTask = tasks.map((task, k) => {
		const visits = mergeVisits(task.due);
		for (const { targets } of visits) expectedApart += 1 - missed(targets, task, sets[k]!);
		return { task: task.task, targets: task.due.length, visits: visits.length };
	});
	const all = new Map<string, DueTarget>();
	for (const one of tasks.flatMap(({ due }) => due)) {
		const before = all.get(one.target);
		all.set(one.target, before ? { ...before, items: [...before.items, ...one.items] } : one);
	}
	const together = mergeVisits([...all.values()]);
	let [expectedTogether, shared] = [0, 0];
	for (const { targets } of together) {
		expectedTogether += 1 - tasks.reduce((none, task, k) => none * missed(targets, task, sets[k]!), 1);
		if (sets.filter((set) => targets.some((id) => set.has(id))).length > 1) shared++;
	}
	return {
		apart: perTask.reduce((sum, { visits }) => sum + visits, 0),
		...{ together: together.length, expectedApart, expectedTogether, shared, perTask }
	};
}
