// A bound as a sum of rows. Each row of the rules, turned so that "≥ 0" holds for every lawful lottery, is added as
// often as its whole multiplier says; what is left reads G · w ≤ const + c · x (or H · P ≥ …), and 0 ≤ x ≤ 1 bounds the
// rest. Exact: whole numbers only. Any multipliers prove some bound; the solver's duals prove nearly the best one.

import { workOf, rulesProgramme, type NamedProgramme } from './programme';
import type { Multiplier } from './bounds';
import type { Roster } from './roster';

/** A bound as a fraction of whole numbers in decimal, and the multipliers that prove it. */
export interface Bound {
	over: string;
	under: string;
	multipliers: Multiplier[];
}

interface Sum {
	/** By column. */
	coefficients: bigint[];
	constant: bigint;
	/** How often rows of the workload and of the chance were added. */
	goals: { workload: bigint; chance: bigint };
}

/** Everything times K, so that `leastWork` / K is whole. */
function addUp(roster: Roster, multipliers: readonly Multiplier[], leastWork: number): Sum {
	const programme: NamedProgramme = rulesProgramme(roster, false);
	const { problem, R, load } = roster;
	const K = BigInt(problem.size);
	const rows = new Map(programme.names.map((name, k) => [JSON.stringify(name), programme.rows[k]!]));
	const place = new Map(problem.inspectors.map(({ id }, i) => [id, i]));
	const routePlace = new Map(problem.routes.map(({ id }, r) => [id, r]));
	const sum: Sum = {
		coefficients: programme.cost.map(() => 0n),
		constant: 0n,
		goals: { workload: 0n, chance: 0n }
	};
	const add = (columns: readonly number[], values: readonly number[], times: bigint) => {
		for (const [k, column] of columns.entries()) sum.coefficients[column]! += BigInt(values[k]!) * times;
	};
	for (const { row: name, times } of multipliers) {
		const y = BigInt(times) * K;
		if (name[0] === 'workload') {
			const { columns, values } = workOf(programme, place.get(name[1]!)!, R, load);
			add(columns, values, y);
			sum.constant -= BigInt(times) * BigInt(leastWork);
			sum.goals.workload += y;
		} else if (name[0] === 'chance') {
			add([programme.at[place.get(name[2]!)! * R + routePlace.get(name[1]!)!]!], [1], -y);
			sum.goals.chance += y;
		} else {
			const row = rows.get(JSON.stringify(name))!;
			const [rhs, turned] = row.lower === -Infinity ? [row.upper, -y] : [row.lower, y];
			add(row.columns, row.values, turned);
			sum.constant -= BigInt(rhs) * turned;
		}
	}
	return sum;
}

const slackOf = ({ coefficients }: Sum) =>
	coefficients.reduce((total, c) => (c > 0n ? total + c : total), 0n);

const fraction = (over: bigint, under: bigint, multipliers: Multiplier[]): Bound => ({
	over: String(over),
	under: String(under),
	multipliers
});

/** No lottery gives everyone more than this expected work. */
export function workloadProof(roster: Roster, multipliers: Multiplier[]): Bound {
	const sum = addUp(roster, multipliers, 0);
	return fraction(sum.constant + slackOf(sum), sum.goals.workload, multipliers);
}

/** No lottery that gives everyone `leastWork` / K has a smaller largest chance. */
export function chanceProof(roster: Roster, multipliers: Multiplier[], leastWork: number): Bound {
	const sum = addUp(roster, multipliers, leastWork);
	return fraction(-sum.constant - slackOf(sum), sum.goals.chance, multipliers);
}
