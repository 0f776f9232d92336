// The lottery of a draw of crews as it was kept, and once drawn the document of its protocol (core/crew/README.md §5).
import { drawTicket, type CrewDocument, type CrewLottery } from '../../core/crew/document';
import { CREW_PROTOCOL, type CrewPlan } from '../../core/crew/ticket';
import type { Entropy } from '../../core/draw/entropy';
import type { EntropyLevel } from '../../core/draw/plan';
import type { DrawState } from '../../schema/ceremony';
import type { CrewRules } from '../../schema/crew-draw';
import type { Database } from '../db/database';
import type { Aliases } from './gather';

export type KeptLottery = NonNullable<Awaited<ReturnType<typeof readLottery>>>;
/** Without plan and commitment, which it gets when it is announced. */
export type BareLottery = Omit<CrewLottery, 'plan' | 'commitment' | 'v'>;

export async function readLottery(db: Database, county: string, id: number) {
	const row = await db
		.selectFrom('app.crew_draw as d')
		.innerJoin('app.crew_lottery as l', (join) =>
			join.onRef('l.county', '=', 'd.county').onRef('l.draw', '=', 'd.id')
		)
		.innerJoin('app.crew_ceremony as c', (join) =>
			join.onRef('c.county', '=', 'd.county').onRef('c.draw', '=', 'd.id')
		)
		.innerJoin('app.route_plan as r', (join) =>
			join.onRef('r.county', '=', 'd.county').onRef('r.id', '=', 'd.routes')
		)
		.innerJoin('app.draw as t', (join) =>
			join.onRef('t.county', '=', 'r.county').onRef('t.id', '=', 'r.draw')
		)
		.where('d.county', '=', county)
		.where('d.id', '=', id)
		.select(['d.id', 'd.series', 'd.routes', 'd.state', 'd.assurance', 'd.entropy', 'd.commitment', 'd.seed'])
		.select(['d.portfolio_size as size', 'd.portfolio_root as root', 'd.last_day as lastDay', 'l.lottery'])
		.select(['c.sealed_plan as sealedPlan', 'c.beacon_kind as beacon', 't.commitment as drawCommitment'])
		.select(({ selectFrom }) =>
			selectFrom('app.crew_witness as w')
				.whereRef('w.county', '=', 'd.county')
				.whereRef('w.draw', '=', 'd.id')
				.select(({ fn }) => fn.countAll<number>().as('count'))
				.as('witnesses')
		)
		.executeTakeFirst();
	if (!row) return null;
	const { lottery, size, root, ...rest } = row;
	// A rehearsal has no level of its own: as many witnesses as there are.
	const level = row.beacon ? 'L3' : Number(row.witnesses) === 2 ? 'L2' : 'L1';
	return {
		...rest,
		state: row.state as DrawState,
		level: level as EntropyLevel,
		portfolio: { size, root },
		lottery: JSON.parse(lottery) as BareLottery
	};
}

/** The rules it was asked for with. */
export const rulesOf = ({ problem }: BareLottery): CrewRules => {
	const { differentOffices, restSamePair, cap } = problem.rules;
	const { seats, departments } = problem.routes[0]!;
	return { seats, differentOffices, restSamePair, cap, size: problem.size, departments: [...departments] };
};

/** Names by code; without those of a rehearsal, which stand for nobody. */
export async function readAliases(db: Database, county: string, draw: number): Promise<Aliases> {
	const inspectors = await db
		.selectFrom('app.crew_inspector')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.where('inspector', 'is not', null)
		.select(['alias', 'inspector as code'])
		.execute();
	const parties = await db
		.selectFrom('app.crew_party')
		.where('county', '=', county)
		.where('draw', '=', draw)
		.select(['alias', 'uscc'])
		.execute();
	return {
		inspectors: new Map(inspectors.map(({ alias, code }) => [code!, alias])),
		parties: new Map(parties.map(({ alias, uscc }) => [uscc, alias]))
	};
}

/** The document as it stands: with its plan once announced, drawn once it is; null before C₂. */
export function documentOf({
	lottery,
	sealedPlan,
	commitment,
	entropy
}: {
	lottery: BareLottery;
	sealedPlan: string | null;
	commitment: string | null;
	entropy: unknown;
}): CrewDocument | null {
	if (!sealedPlan || !commitment) return null;
	const whole: CrewLottery = {
		v: CREW_PROTOCOL,
		...lottery,
		plan: JSON.parse(sealedPlan) as CrewPlan,
		commitment: commitment as CrewLottery['commitment']
	};
	const drawn = drawTicket(whole, entropy === null ? null : { entropy: entropy as Entropy });
	if (!drawn.ok) throw new Error(`what drew these crews does not fit their plan: ${JSON.stringify(drawn)}`);
	return drawn.document;
}
