// The problem of crews of a plan of day routes, from the directory as it stands: who can go when, what each route asks
// for, who went out together last. Inspectors and parties appear under names of this draw only; whom they stand for
// lies beside the problem and opens with it.
import { randomInt } from 'node:crypto';
import { compareUtf8 } from '../../core/bytes/compare';
import { orderProblem, type CrewProblem, type Inspector, type Route } from '../../core/crew/problem';
import type { CrewRefusal, CrewRules } from '../../schema/crew-draw';
import type { Database } from '../db/database';
import { keyText } from '../route/draft';
import { showVersion } from '../route/open-version';
import { lastPairs } from './last-pairs';
import { readRoster, type RosterInspector } from './roster';

export interface Gathered {
	problem: CrewProblem;
	/** Version of the routes. */
	routes: number;
	lastDay: string;
	/** Code of each inspector and party by its name in the problem. */
	inspectors: Map<string, string>;
	parties: Map<string, string>;
	/** Names by code. */
	names: Map<string, string>;
	/** The list the routes are for. */
	draw: { id: number; assurance: string };
}

/** Names of inspectors and parties by code. */
export interface Aliases {
	inspectors: ReadonlyMap<string, string>;
	parties: ReadonlyMap<string, string>;
}

/** P01, P02, … in an order nobody chose. */
function shuffledNames(letter: string, codes: readonly string[]): Map<string, string> {
	const order = [...codes];
	for (let i = order.length - 1; i > 0; i--) {
		const j = randomInt(i + 1);
		[order[i], order[j]] = [order[j]!, order[i]!];
	}
	const digits = String(order.length).length;
	return new Map(order.map((code, i) => [code, `${letter}${String(i + 1).padStart(digits, '0')}`]));
}

/** aliases: those of an earlier gathering, to compare with; without them new ones. except: seats of this draw do not count.
 *  behind: also routes that do not follow the last substitution yet. */
export async function gatherCrews(
	db: Database,
	county: string,
	series: number,
	rules: CrewRules,
	{ aliases, except, behind = false }: { aliases?: Aliases; except?: number; behind?: boolean } = {}
): Promise<({ ok: true } & Gathered) | CrewRefusal> {
	const shown = await showVersion(db, county, series);
	if (!shown.ok) return { ok: false, reason: 'no_routes' };
	const { plan, base, draft, whole } = shown;
	if (!whole && !behind) return { ok: false, reason: 'routes_behind' };
	const driven = draft.routes.filter(({ stops }) => stops.length > 0);
	if (driven.length === 0) return { ok: false, reason: 'routes_empty' };
	const visits = new Map(draft.visits.map((visit) => [visit.number, visit]));
	const days = [...new Set(driven.map(({ day }) => day))].sort();
	const [first, last] = [days[0]!, days.at(-1)!];
	const roster = await readRoster(db, county, first, last, except);
	const met = (route: (typeof driven)[number]) => route.stops.map(({ visit }) => visits.get(visit)!);
	const usccs = [...new Set(driven.flatMap((route) => met(route).flatMap(({ party }) => party ?? [])))];
	const named: Aliases = aliases ?? {
		inspectors: shuffledNames(
			'P',
			roster.map(({ code }) => code)
		),
		parties: shuffledNames('D', usccs)
	};
	const aliasOf = (code: string) => named.inspectors.get(code) ?? code;
	const partyOf = (uscc: string) => named.parties.get(uscc) ?? uscc;
	const scopes = new Map(base.items.map((item) => [item.code, item.scopes]));
	const routes = driven.map((route): Route => ({
		id: keyText(route),
		day: route.day,
		townships: met(route).flatMap(({ targets }) => targets.map((code) => base.targets.get(code)!.township)),
		parties: met(route).flatMap(({ party }) => (party === null ? [] : [partyOf(party)])),
		scopes: [...new Set(met(route).flatMap(({ items }) => items.flatMap((item) => scopes.get(item) ?? [])))],
		departments: rules.departments,
		seats: rules.seats,
		load: 1
	}));
	const ordered = orderProblem({
		inspectors: roster.map((one): Inspector => inspectorOf(one, aliasOf(one.code), days, usccs, partyOf)),
		routes,
		rules: { crossArea: true, ...rulesOf(rules) },
		history: (await lastPairs(db, county, first, except)).map(
			([a, b]) => [aliasOf(a), aliasOf(b)] as [string, string]
		),
		size: rules.size
	});
	if (!ordered.ok) return { ok: false, reason: 'problem', field: ordered.field, advice: ordered.advice };
	const reversed = (map: ReadonlyMap<string, string>) =>
		new Map([...map].map(([code, alias]) => [alias, code]));
	return {
		ok: true,
		problem: ordered.problem,
		...{ routes: plan.id, lastDay: last, draw: { id: base.draw.id, assurance: base.draw.assurance } },
		...{ inspectors: reversed(named.inspectors), parties: reversed(named.parties) },
		names: new Map(roster.map(({ code, name }) => [code, name]))
	};
}

const rulesOf = ({ differentOffices, restSamePair, cap }: CrewRules) => ({
	differentOffices,
	restSamePair,
	cap
});

const inspectorOf = (
	one: RosterInspector,
	id: string,
	days: readonly string[],
	usccs: readonly string[],
	partyOf: (uscc: string) => string
): Inspector => ({
	...{ id, office: one.office, department: one.department, home: one.home },
	...{ scopes: one.scopes, lead: one.lead },
	certificate: { from: one.certificate.from, to: one.certificate.to },
	absent: one.away.map(({ day }) => day).filter((day) => days.includes(day)),
	recused: one.recused
		.filter((uscc) => usccs.includes(uscc))
		.map(partyOf)
		.sort(compareUtf8),
	cap: null
});
