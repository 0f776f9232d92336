// The rules of crews as linear rows (one column for each inspector allowed on a route: the chance of going). Every row
// has a name made of ids, so that a bound can be published as multipliers of named rows and checked by another program.
// The rest rule is not among them: it is a rule of whole pairings, so bounds without it hold all the more.

import { addColumn, emptyProgramme, type LinearProgramme, type LinearRow } from './linear';
import { needsOf, type Roster } from './roster';

/**
 * `seats, route` · `lead, route` · `scope, route, scope` · `department, route, department` · `office, route, office` ·
 * `day, inspector, day` · `cap, inspector` · `workload, inspector` · `chance, route, inspector`.
 */
export type RowName = readonly [kind: string, ...ids: string[]];

export interface NamedProgramme extends LinearProgramme {
	/** Of the rows, in their order. */
	names: RowName[];
	/** By inspector and route: the column, or −1. */
	at: Int32Array;
}

/** The rules alone; columns are chances, or whole when `whole`. */
export function rulesProgramme(roster: Roster, whole: boolean): NamedProgramme {
	const { problem, I, R, cover, allowed } = roster;
	const at = new Int32Array(I * R).fill(-1);
	const programme: NamedProgramme = { ...emptyProgramme(), names: [], at };
	for (let i = 0; i < I; i++) {
		for (let r = 0; r < R; r++)
			if (cover[i * R + r]! >= 0) at[i * R + r] = addColumn(programme, 0, 0, 1, whole);
	}
	for (const [r, route] of problem.routes.entries()) {
		const columns = allowed[r]!.map((i) => at[i * R + r]!);
		addRow(programme, ['seats', route.id], columns, 1, route.seats, route.seats);
		for (const [k, { need, which }] of needsOf(route).entries()) {
			const holders = allowed[r]!.filter((i) => (cover[i * R + r]! >> k) & 1).map((i) => at[i * R + r]!);
			addRow(programme, which === '' ? [need, route.id] : [need, route.id, which], holders, 1, 1, Infinity);
		}
		addOffices(programme, roster, r);
	}
	addPersons(programme, roster);
	return programme;
}

/** No more of an office than the rule says; rows that cannot bind are left out. */
function addOffices(programme: NamedProgramme, roster: Roster, r: number) {
	const { problem, R, allowed, office, officeMost } = roster;
	const most = officeMost[r]!;
	const members = new Map<number, number[]>();
	for (const i of allowed[r]!) members.set(office[i]!, [...(members.get(office[i]!) ?? []), i]);
	for (const list of members.values()) {
		if (list.length <= most) continue;
		const name = ['office', problem.routes[r]!.id, problem.inspectors[list[0]!]!.office] as const;
		addRow(
			programme,
			name,
			list.map((i) => programme.at[i * R + r]!),
			1,
			-Infinity,
			most
		);
	}
}

/** One route a day, and the workload cap. */
function addPersons(programme: NamedProgramme, { problem, I, R, days, cap, load, routesOn }: Roster) {
	for (let i = 0; i < I; i++) {
		const { id } = problem.inspectors[i]!;
		for (const [d, routes] of routesOn.entries()) {
			const columns = routes.map((r) => programme.at[i * R + r]!).filter((column) => column >= 0);
			if (columns.length > 1) addRow(programme, ['day', id, days[d]!], columns, 1, -Infinity, 1);
		}
		const { columns, values } = workOf(programme, i, R, load);
		if (values.reduce((sum, value) => sum + value, 0) > cap[i]!)
			addRow(programme, ['cap', id], columns, values, -Infinity, cap[i]!);
	}
}

/** Columns of an inspector and the load each adds. */
export function workOf({ at }: NamedProgramme, i: number, R: number, load: Int32Array) {
	const routes = Array.from({ length: R }, (_, r) => r).filter((r) => at[i * R + r]! >= 0);
	return { columns: routes.map((r) => at[i * R + r]!), values: routes.map((r) => load[r]!) };
}

export function addRow(
	programme: NamedProgramme,
	name: RowName,
	columns: number[],
	values: number | number[],
	lower: number,
	upper: number
) {
	const row: LinearRow = {
		columns,
		values: typeof values === 'number' ? columns.map(() => values) : values,
		lower,
		upper
	};
	programme.rows.push(row);
	programme.names.push(name);
}
