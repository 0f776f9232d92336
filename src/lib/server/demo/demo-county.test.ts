import { beforeAll, describe, expect, test } from 'vitest';
import { verify } from '../../core/draw/verify';
import { checkUscc, isEstateUnit, isMiningLicence } from '../../core/registry/codes';
import { makeCounty, MINES, PARCELS, type DemoCounty } from './demo-county';
import { makeHistory, roundsUntil, type PastDraw } from './history';
import { targetsRoot } from './load';
import type { LonLat } from '../../core/model';
import { toPlane } from './plane';
import { contains, Ground, isSimple, signedAreaM2 } from './polygon';
import type { TargetVersion } from './target-version';

let county: DemoCounty;
let history: PastDraw[];
let current: TargetVersion[];
beforeAll(() => {
	county = makeCounty();
	history = [...makeHistory(county, new Date('2026-06-01T02:00:00Z'))];
	current = county.targets.filter(({ to }) => to === null);
}, 60_000);

const ringOf = ({ geometry }: TargetVersion) =>
	(JSON.parse(geometry) as { coordinates: [LonLat[][]] }).coordinates[0][0]!.slice(0, -1).map(toPlane);
const of = (kind: string) => current.filter((target) => target.kind === kind);
const shareOf = <T>(list: readonly T[], is: (item: T) => boolean) => list.filter(is).length / list.length;

test('the same county everywhere: the root of its targets never changes', () => {
	expect(targetsRoot(county.targets)).toMatchInlineSnapshot(
		`"5e3414142ed00048b07256deeaa1363a94bc773309d821708509436905fd5a35"`
	);
	expect(targetsRoot(makeCounty().targets)).toBe(targetsRoot(county.targets));
}, 60_000);

describe('directories', () => {
	test('have the promised size', () => {
		expect(county.townships).toHaveLength(21);
		expect(county.offices).toHaveLength(12);
		expect(county.parties).toHaveLength(900);
		expect(county.inspectors).toHaveLength(64);
		expect(county.items).toHaveLength(13);
		expect(of('mining_right')).toHaveLength(MINES);
		expect(of('land_parcel')).toHaveLength(PARCELS);
	});

	test('each township has one office, each office one to three townships', () => {
		expect(county.offices.flatMap(({ townships }) => townships).sort()).toEqual(
			county.townships.map(({ code }) => code).sort()
		);
		for (const { townships } of county.offices) expect([1, 2, 3]).toContain(townships.length);
	});

	test('parties have valid codes and names that say what they are', () => {
		expect(new Set(county.parties.map(({ uscc }) => uscc)).size).toBe(900);
		expect(new Set(county.parties.map(({ name }) => name)).size).toBe(900);
		for (const { uscc, name } of county.parties) {
			expect(checkUscc(uscc)).toBe('valid');
			expect(name).toContain('示例');
		}
		expect(
			shareOf(county.parties, ({ blacklist }) => blacklist.some(({ to }) => to >= '2027-01-01'))
		).toBeCloseTo(0.03, 3);
		expect(new Set(county.parties.map(({ grade }) => grade))).toEqual(new Set(['A', 'B', 'C', 'D']));
	});

	test('most parties hold something, and some hold a mine and land', () => {
		const held = new Set(current.map(({ party }) => party));
		expect(shareOf(county.parties, ({ uscc }) => held.has(uscc))).toBeGreaterThan(0.9);
		const mines = new Set(of('mining_right').map(({ party }) => party));
		expect(of('land_parcel').some(({ party }) => mines.has(party))).toBe(true);
	});

	test('every office has two who may lead; every scope of the items is held', () => {
		for (const { code } of county.offices) {
			expect(
				county.inspectors.filter(({ office, lead }) => office === code && lead).length
			).toBeGreaterThanOrEqual(2);
		}
		const held = new Set(county.inspectors.flatMap(({ scopes }) => scopes));
		for (const scope of county.items.flatMap(({ scopes }) => scopes)) expect(held).toContain(scope);
		expect(county.items.filter(({ category }) => category === 'priority').length).toBe(5);
	});
});

describe('targets', () => {
	test('have codes of their kind, each once', () => {
		expect(new Set(current.map(({ code }) => code)).size).toBe(current.length);
		expect(of('mining_right').every(({ code }) => isMiningLicence(code) && code.startsWith('C350125'))).toBe(
			true
		);
		expect(of('land_parcel').every(({ code }) => isEstateUnit(code) && code.length === 28)).toBe(true);
	});

	test('are simple, lie in their township with their point inside, and do not overlap', () => {
		const townships = new Map(
			county.townships.map(({ code, ring }) => [code, ring.slice(0, -1).map(toPlane)])
		);
		const ground = new Ground();
		for (const target of current) {
			const ring = ringOf(target);
			const township = townships.get(target.township)!;
			expect(isSimple(ring) && signedAreaM2(ring) !== 0).toBe(true);
			expect(ring.every((p) => contains(township, p))).toBe(true);
			expect(contains(ring, toPlane([target.lon, target.lat]))).toBe(true);
			expect(ground.isFree(ring)).toBe(true);
			ground.take(ring);
		}
	});

	test('mines have 4–12 corners and 0.5–300 ha', () => {
		for (const target of of('mining_right')) {
			const ring = ringOf(target);
			expect(ring.length).toBeGreaterThanOrEqual(4);
			expect(ring.length).toBeLessThanOrEqual(12);
			const hectares = Math.abs(signedAreaM2(ring)) / 10_000;
			expect(hectares).toBeGreaterThan(0.49);
			expect(hectares).toBeLessThan(300);
			expect(Number(target.attributes['开采标高上限'])).toBeGreaterThan(
				Number(target.attributes['开采标高下限'])
			);
		}
	});

	test('versions of a target follow each other without a gap', () => {
		const byCode = new Map<string, TargetVersion[]>();
		for (const target of county.targets)
			byCode.set(target.code, [...(byCode.get(target.code) ?? []), target]);
		expect(byCode.size).toBe(MINES + PARCELS);
		for (const versions of byCode.values()) {
			versions.slice(1).forEach((version, i) => expect(version.from).toBe(versions[i]!.to));
			for (const { from, to } of versions) expect(to === null || from < to).toBe(true);
		}
	});
});

describe('past draws', () => {
	test('cover three years and both kinds, and of later ones what was held by then', () => {
		expect(history).toHaveLength(11);
		expect(history.at(-1)).toMatchObject({ seq: 11, round: { day: '2026-05-19', exempt: true } });
		expect(roundsUntil(new Date('2023-01-01T02:00:00Z'))).toHaveLength(10);
		expect(roundsUntil(new Date('2027-05-19T02:00:00Z'))).toHaveLength(12);
		expect(roundsUntil(new Date('2027-05-20T02:00:00Z'))).toHaveLength(13);
		const years = history.map(({ at, round }) => `${at.getUTCFullYear()} ${round.kind}`);
		for (const year of [2023, 2024, 2025])
			for (const kind of ['mining_right', 'land_parcel']) expect(years).toContain(`${year} ${kind}`);
	});

	test('are chained, and each verifies', () => {
		history.forEach(({ manifest, frame, excluded, seq, prev }, i) => {
			expect(seq).toBe(i + 1);
			expect(prev).toBe(history[i - 1]?.manifest.commitment ?? null);
			expect(manifest.assurance).toBe('L1');
			const { commitment } = manifest;
			expect(
				verify({ manifest: JSON.parse(JSON.stringify(manifest)), frame, excluded, commitment })
			).toMatchObject({ ok: true });
		});
	}, 60_000);
});
