// The whole demonstration county as plain rows, the same on every machine. Nothing here touches a database.
import { readSeats, readSketch, type SketchTownship } from './geodata';
import { makeInspectors, makeRecusals, type Inspector, type Recusal } from './inspectors';
import { makeItems, type Item } from './items';
import { makeParcels } from './land-parcels';
import { parcelRows } from './land-parcel-rows';
import { mineRows } from './mining-right-rows';
import { makeMines } from './mining-rights';
import { makeOffices, type Office } from './offices';
import { makeParties, type Party } from './parties';
import { Ground } from './polygon';
import type { TargetVersion } from './target-version';
import { makeTerrain } from './terrain';

export const COUNTY = { code: '350125', name: '永泰县（演示）', epsg: 4549 };
export const MINES = 280;
export const PARCELS = 6000;

export interface DemoCounty {
	townships: SketchTownship[];
	offices: Office[];
	parties: Party[];
	items: Item[];
	inspectors: Inspector[];
	recusals: Recusal[];
	/** Every version of every target. */
	targets: TargetVersion[];
}

export function makeCounty(): DemoCounty {
	const seats = readSeats();
	const townships = readSketch();
	const terrain = makeTerrain(seats, townships);
	const ground = new Ground();
	const mines = makeMines(MINES, terrain, ground);
	const parcels = makeParcels(PARCELS, terrain, ground);
	const parcelCounts = new Map<string, number>();
	for (const { township } of parcels)
		parcelCounts.set(township.code, (parcelCounts.get(township.code) ?? 0) + 1);
	const parties = makeParties(terrain.townships, parcelCounts);
	const offices = makeOffices(seats);
	const inspectors = makeInspectors(offices);
	return {
		townships,
		offices,
		parties,
		items: makeItems(),
		inspectors,
		recusals: makeRecusals(inspectors, parties),
		targets: [...mineRows(mines, parties), ...parcelRows(parcels, terrain.townships, parties)]
	};
}
