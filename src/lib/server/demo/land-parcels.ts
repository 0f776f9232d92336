// Land parcels (shapes only): blocks of lots laid along the valleys, dense round the seats, loose in hamlets, here and
// there a lone one. Invariant: a parcel lies wholly inside one township and overlaps no other target.
import { distance, type PlanePoint } from './plane';
import { contains, type Ground, type Ring } from './polygon';
import { random, type Random } from './random';
import type { Terrain, Township } from './terrain';
import type { ValleyPlace } from './valleys';

export interface ParcelShape {
	township: Township;
	ring: Ring;
	/** Which block of its township, from 1: lots of a block share a use. */
	block: number;
	setting: 'town' | 'hamlet' | 'works' | 'lone';
}

/** Where blocks gather: a seat or a hamlet. */
interface Settlement {
	centre: PlanePoint;
	spreadM: number;
	share: number;
	setting: 'town' | 'hamlet';
}

/** How much of the county's building goes where: the county town's two townships, towns 镇, then 乡. */
const share = (name: string) =>
	name === '城峰镇'
		? 3.2
		: name === '樟城镇'
			? 2.4
			: name === '葛岭镇' || name === '梧桐镇'
				? 1.8
				: name.endsWith('镇')
					? 1.4
					: 0.8;

/** Whole numbers in proportion to the shares, the remainder to the first ones. */
function quotas(total: number, townships: readonly Township[]): number[] {
	const sum = townships.reduce((s, { name }) => s + share(name), 0);
	const counts = townships.map(({ name }) => Math.floor((total * share(name)) / sum));
	const rest = total - counts.reduce((s, n) => s + n, 0);
	return counts.map((n, i) => (i < rest ? n + 1 : n));
}

function settlements(township: Township, rng: Random): Settlement[] {
	const town: Settlement = {
		centre: township.seat,
		spreadM: 350 + 260 * share(township.name),
		share: 3 + 5 * share(township.name),
		setting: 'town'
	};
	const wide = township.places.filter(({ point }) => distance(point, township.seat) > 1200);
	const hamlets: Settlement[] = [];
	for (let i = 0; i < 22 && wide.length > 0; i++) {
		const { point } = rng.pick(wide);
		if (hamlets.some((h) => distance(h.centre, point) < 700)) continue;
		hamlets.push({
			centre: point,
			spreadM: rng.between(120, 380),
			share: rng.between(0.6, 2),
			setting: 'hamlet'
		});
	}
	return [town, ...hamlets];
}

/** A frame: a corner, the road's direction, and the direction away from the road. */
interface Site {
	corner: PlanePoint;
	along: readonly [number, number];
	away: readonly [number, number];
}

const onSite = ({ corner, along, away }: Site, u: number, v: number): PlanePoint => [
	corner[0] + along[0] * u + away[0] * v,
	corner[1] + along[1] * u + away[1] * v
];

/** A site beside the valley's middle, turned a little, on either bank. */
function siteAt(place: ValleyPlace, setbackM: number, slideM: number, rng: Random): Site {
	const turn = 0.12 * rng.normal();
	const length = Math.sqrt(1 + turn * turn);
	const along = [
		(place.along[0] - turn * place.along[1]) / length,
		(place.along[1] + turn * place.along[0]) / length
	] as const;
	const bank = rng.chance(0.5) ? 1 : -1;
	const away = [-along[1] * bank, along[0] * bank] as const;
	const corner: PlanePoint = [
		place.point[0] + away[0] * setbackM + along[0] * slideM,
		place.point[1] + away[1] * setbackM + along[1] * slideM
	];
	return { corner, along, away };
}

/** One lot between u0–u1 along the road and v0–v1 away from it: mostly four corners, some cut, some L-shaped. */
function lot(site: Site, u0: number, u1: number, v0: number, v1: number, rng: Random): Ring {
	const w = u1 - u0;
	const d = v1 - v0;
	const slack = () => rng.between(0, 0.05);
	const [west, east, near, far] = [u0 + slack() * w, u1 - slack() * w, v0 + slack() * d, v1 - slack() * d];
	const cut = rng.between(0.2, 0.5);
	const shape = rng.unit();
	const corners: [number, number][] =
		shape < 0.14
			? [
					[west, near],
					[east, near],
					[east, far - cut * d],
					[east - cut * w, far],
					[west, far]
				]
			: shape < 0.24
				? [
						[west, near],
						[east, near],
						[east, far - cut * d],
						[west + cut * w, far - cut * d],
						[west + cut * w, far],
						[west, far]
					]
				: [
						[west, near],
						[east, near + slack() * d],
						[east - slack() * w, far],
						[west + slack() * w, far - slack() * d]
					];
	return corners.map(([u, v]) => onSite(site, u, v));
}

/** A block's lots, or null where it does not fit. */
function block(
	site: Site,
	township: Township,
	columns: number,
	rows: number,
	medianM2: number,
	ground: Ground,
	rng: Random
): Ring[] | null {
	const typicalM2 = rng.lognormal(medianM2, 0.45);
	const depthM = Math.sqrt(typicalM2 * rng.between(1, 1.9));
	const widths = Array.from({ length: columns }, () => rng.lognormal(typicalM2 / depthM, 0.35));
	const totalM = widths.reduce((s, w) => s + w, 0) + 3 * (columns - 1);
	const outline = [
		onSite(site, -2, -2),
		onSite(site, totalM + 2, -2),
		onSite(site, totalM + 2, rows * (depthM + 4)),
		onSite(site, -2, rows * (depthM + 4))
	];
	if (!outline.every((p) => contains(township.ring, p)) || !ground.isFree(outline)) return null;
	ground.take(outline);
	const lots: Ring[] = [];
	for (let row = 0; row < rows; row++) {
		let u = 0;
		for (const w of widths) {
			lots.push(lot(site, u, u + w, row * (depthM + 4), row * (depthM + 4) + depthM, rng));
			u += w + 3;
		}
	}
	return lots.every((ring) => ring.every((p) => contains(township.ring, p))) ? lots : null;
}

function inTownship(township: Township, count: number, terrain: Terrain, ground: Ground): ParcelShape[] {
	const rng = random(`parcels/${township.code}`);
	const parcels: ParcelShape[] = [];
	const places = settlements(township, rng);
	for (let blocks = 0, tries = 0; parcels.length < count; tries++) {
		if (tries > 60 * count) throw new Error(`${township.name} has no room for ${count} parcels`);
		const lone = township.places.length > 0 && rng.chance(0.2);
		const works = !lone && rng.chance(0.05);
		const home = rng.weighted(places.map((s) => [s, s.share] as const));
		const reach = home.spreadM * (1 + tries / (20 * count));
		const spot: PlanePoint = [home.centre[0] + reach * rng.normal(), home.centre[1] + reach * rng.normal()];
		const near = lone ? { ...rng.pick(township.places), distanceM: 0 } : terrain.places.nearest(spot);
		const setting = lone ? 'lone' : works ? 'works' : home.setting;
		const floorM = setting === 'town' ? near.floorM + 500 : near.floorM;
		if (near.distanceM > floorM) continue;
		const site = siteAt(near, Math.max(18, near.distanceM), 30 * rng.normal(), rng);
		const [columns, rows] =
			lone || works ? [1, 1] : [2 + rng.int(5), 1 + rng.int(setting === 'town' ? 3 : 2)];
		const medianM2 = { town: 1100, hamlet: 700, works: 16_000, lone: 2600 }[setting];
		const rings = block(site, township, columns, rows, medianM2, ground, rng);
		if (!rings) continue;
		blocks++;
		for (const ring of rings.slice(0, count - parcels.length))
			parcels.push({ township, ring, block: blocks, setting });
	}
	return parcels;
}

export function makeParcels(count: number, terrain: Terrain, ground: Ground): ParcelShape[] {
	const counts = quotas(count, terrain.townships);
	return terrain.townships.flatMap((township, i) => inTownship(township, counts[i]!, terrain, ground));
}
