// What must hold of any text given to the reader of boundary points: broken good texts, and noise.
import fc from 'fast-check';
import { isBoundaryText, readBoundaryText, writeBoundaryText } from '../../src/lib/core/geo/boundary-text';
import { reasonText, rules } from '../../src/lib/core/registry/reason';

const label = fc.nat(999).map((n) => `J${n}`);
const metres = (min: number, max: number) =>
	fc.integer({ min: min * 1000, max: max * 1000 }).map((mm) => mm / 1000);
const corner = fc.record({
	label,
	north: metres(2_800_000, 2_900_000),
	east: metres(40_300_000, 40_600_000)
});
const plain = fc.constantFrom('', 'A', '350125-7', '一号地', 'G50', '0604', '72');
const block = fc.record({
	columns: fc.tuple(fc.nat(99), fc.nat(99_999), plain, plain, plain, plain, plain),
	rings: fc.array(fc.array(corner, { minLength: 3, maxLength: 6 }), { minLength: 1, maxLength: 3 })
});

/** Canonical text. */
const good = fc.array(block, { minLength: 1, maxLength: 3 }).map((blocks) =>
	writeBoundaryText({
		header: [
			['坐标系', '2000国家大地坐标系'],
			['几度分带', '3'],
			['带号', '40']
		],
		blocks: blocks.map(({ columns: [count, area, ...names], rings }) => ({
			columns: [String(count), (area / 10_000).toFixed(4), names[0], names[1], '面', ...names.slice(2)],
			corners: rings.flatMap((ring, i) =>
				ring.map((each) => ({
					...each,
					ring: i + 1,
					line: 0,
					unit: 'metre' as const,
					swapped: false,
					bare: false
				}))
			)
		}))
	})
);
const piece = fc.oneof(
	fc.constantFrom(
		',',
		'，',
		'@',
		',@\n',
		'\n',
		'\r',
		'[',
		']',
		'=',
		'XY001=',
		'标高,',
		'\ufeff',
		'\u0000',
		'118°56′24″',
		'面',
		'-',
		'1e9',
		'9'.repeat(30)
	),
	fc.string({ maxLength: 8 })
);
const broken = fc
	.tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(40), piece), { minLength: 1, maxLength: 6 }))
	.map(([text, cuts]) =>
		cuts.reduce((now, [at, length, put]) => {
			const from = at % (now.length + 1);
			return now.slice(0, from) + put + now.slice(from + length);
		}, text)
	);
const noise = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

export const boundaryProperty = () =>
	fc.property(
		fc.oneof(
			broken,
			noise,
			good.map((text) => [text])
		),
		(given) => {
			const text = typeof given === 'string' ? given : given[0]!;
			const lines = text.split(/\r\n|\n|\r/).length;
			isBoundaryText(text);
			const read = readBoundaryText(text, null);
			if (typeof given !== 'string' && writeBoundaryText(read) !== text) return false;
			const sound = read.blocks.every(({ polygons, faults }) => {
				const finite = polygons.flat().every((ring) => ring.length >= 8 && ring.every(Number.isFinite));
				return polygons.length > 0 === (faults.length === 0) && finite;
			});
			const all = [...read.faults, ...read.blocks.flatMap(({ faults, notes }) => [...faults, ...notes])];
			return (
				sound &&
				all.every(
					({ line, field, rule }) =>
						line >= 1 &&
						line <= lines &&
						field !== '' &&
						rules.includes(rule) &&
						!/[{}]/.test(reasonText({ rule, values: {} }).replace(/“.*?”/g, ''))
				)
			);
		}
	);
