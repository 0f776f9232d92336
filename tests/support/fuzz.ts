// What must hold of any input given to the readers of an import: broken good ones, and noise. No exception, nothing
// slower than two seconds, and whatever is refused says its line, its field and its reason.
import fc from 'fast-check';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cornersIn, readCorner, readOrdinate } from '../../src/lib/core/geo/corner';
import {
	checkUscc,
	isEstateUnit,
	isIdentifier,
	isMiningLicence,
	organisationCheckCharacter,
	townshipCode,
	usccCheckCharacter
} from '../../src/lib/core/registry/codes';
import { csvText, readCsv } from '../../src/lib/core/registry/csv';
import { inspectorRow } from '../../src/lib/core/registry/inspector-row';
import { itemRow } from '../../src/lib/core/registry/item-row';
import { matcher } from '../../src/lib/core/registry/match';
import { partyRow } from '../../src/lib/core/registry/party-row';
import { reasonText, rules, type Refusal } from '../../src/lib/core/registry/reason';
import { targetRow } from '../../src/lib/core/registry/target-row';
import { officeRow } from '../../src/lib/core/registry/township-row';
import type { Cells, Outcome } from '../../src/lib/core/registry/validate';
import { unzip, ZipRefused } from '../../src/lib/server/import/unzip';
import { zipOf, type Packed } from './zip';

const HANG_MS = 2000;

/** Of the processor, which a busy machine does not stretch. */
const busyMs = () => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
};
/** A property is false for what takes longer. */
const inTime = (work: () => boolean): boolean => {
	const start = busyMs();
	return work() && busyMs() - start < HANG_MS;
};

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const mark = fc.constantFrom(
	...[
		'°',
		'º',
		'度',
		'′',
		"'",
		'’',
		'分',
		'″',
		'"',
		'”',
		'秒',
		"''",
		' ',
		'',
		'东经',
		'北纬',
		'N',
		'E',
		'米'
	],
	...['.', ',', '，', '、', '|', '-', '+', 'e', '∞', '\u0000', '\ufeff', '\t', '9'.repeat(40), 'J1', '１']
);
const loose = fc.array(fc.oneof(mark, digits(2), digits(3), digits(7), fc.string({ maxLength: 6 })), {
	maxLength: 24
});

/** Degrees, minutes, seconds as they are written come back to a millionth of a second; anything else is a number or null. */
export const dmsProperty = () => {
	const second = fc.integer({ min: 0, max: 59_999 }).map((thousandths) => thousandths / 1000);
	const angle = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.nat(59), second);
	const written = fc.constantFrom<(d: number, m: number, s: number) => string>(
		(d, m, s) => `${d}°${m}′${s}″`,
		(d, m, s) => `${d}度${m}分${s}秒`,
		(d, m, s) => `${d}° ${m}' ${s}"`,
		(d, m, s) => `${d} ${m} ${s}`
	);
	return fc.property(angle(73, 136), angle(4, 53), written, loose, (lon, lat, write, pieces) =>
		inTime(() => {
			const degrees = ([d, m, s]: [number, number, number]) => d + m / 60 + s / 3600;
			const corner = readCorner(write(...lat), write(...lon));
			const right =
				corner !== null &&
				Math.abs(corner.east - degrees(lon)) < 1e-9 &&
				Math.abs(corner.north - degrees(lat)) < 1e-9;
			const text = pieces.join('');
			const ordinate = readOrdinate(text);
			const line = cornersIn(text);
			const any = readCorner(text, pieces.toReversed().join(''));
			return (
				right &&
				(ordinate === null || Number.isFinite(ordinate)) &&
				[...line, ...(any ? [any] : [])].every(
					({ east, north }) => Number.isFinite(east) && Number.isFinite(north)
				)
			);
		})
	);
};

/** Rows written come back as they were, each on its line; any other text gives records whose lines rise. */
export const csvProperty = () => {
	const cell = fc.oneof(
		fc.constantFrom('', '地块', '"', '""', ',', ';', '\t', '\n', '\r\n', '=1+1', '-2', '@a', '\ufeff'),
		fc.string({ maxLength: 12 })
	);
	const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 });
	const noise = fc.array(cell, { maxLength: 40 }).map((cells) => cells.join(''));
	return fc.property(rows, noise, (table, text) =>
		inTime(() => {
			const width = Math.max(...table.map((row) => row.length));
			// A first line of letters decides what separates.
			const given = [
				Array.from({ length: width }, (_, i) => `c${i}`),
				...table.map((row) => [...row, ...Array<string>(width - row.length).fill('')])
			];
			const harmless = (value: string) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
			const read = [...readCsv(csvText(given))];
			const kept = given.filter((row) => row.some((value) => harmless(value).trim() !== ''));
			const same =
				read.length === kept.length &&
				read.every(({ fields }, i) => fields.every((field, k) => field === harmless(kept[i]![k]!)));
			const lines = text.split(/\r\n|\n|\r/).length;
			let last = 0;
			const rising = [...readCsv(text)].every(({ line, fields }) => {
				const above = line > last && line <= lines && fields.length > 0;
				last = line;
				return above;
			});
			return same && rising;
		})
	);
};

/** A code made by its rule is valid, and with one digit changed is not; anything else is told apart without an exception. */
export const codeProperty = () => {
	const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
	const first8 = fc
		.array(fc.constantFrom(...alphabet), { minLength: 8, maxLength: 8 })
		.map((one) => one.join(''));
	const organisation = digits(8);
	return fc.property(
		first8,
		organisation,
		fc.nat(17),
		fc.nat(29),
		fc.oneof(
			fc.string(),
			loose.map((p) => p.join(''))
		),
		(a, b, at, by, text) =>
			inTime(() => {
				const body = `${a}${b}${organisationCheckCharacter(b)}`;
				const code = body + usccCheckCharacter(body);
				const from = alphabet.indexOf(code[at]!);
				const other = code.slice(0, at) + alphabet[(from + 1 + by) % 31]! + code.slice(at + 1);
				const found: unknown[] = [isMiningLicence(text), isEstateUnit(text), isIdentifier(text)];
				const township = townshipCode(text);
				return (
					checkUscc(code) === 'valid' &&
					checkUscc(other) !== 'valid' &&
					['valid', 'doubtful', 'wrong', 'malformed'].includes(checkUscc(text)) &&
					found.every((one) => typeof one === 'boolean') &&
					(township === null || /^\d{9}$/.test(township))
				);
			})
	);
};

const place = matcher([
	{ code: '350125100', name: '樟城镇' },
	{ code: '350125103', name: '葛岭镇' }
]);
const rowRules: Record<string, (cells: Cells) => Outcome<object>> = {
	mining_right: (cells) => targetRow('mining_right', cells),
	land_parcel: (cells) => targetRow('land_parcel', cells),
	party: partyRow,
	inspector: (cells) => inspectorRow(place, place, cells),
	office: (cells) => officeRow(place, cells),
	item: itemRow
};

/** A row of any directory, whatever its cells hold, is taken or refused with line, field and reason, never both. */
export const rowProperty = () => {
	const word = fc.oneof(
		fc.constantFrom(
			...[
				'',
				' ',
				'A',
				'yes',
				'否',
				'停产停建',
				'350125001001GB00001W00000000',
				'91350100M000100Y43',
				'樟城镇'
			],
			...[
				'2026-06-15',
				'2026年6月31日',
				'20260101',
				'1e9',
				'-1',
				'12',
				'面积|数字(亩)|必填',
				'__proto__',
				'\u0000',
				'重点'
			]
		),
		fc.string({ unit: 'grapheme', maxLength: 12 }),
		fc.string({ unit: 'binary', maxLength: 300 })
	);
	const fields = [
		...[
			'code',
			'name',
			'party',
			'party_name',
			'status',
			'uscc',
			'credit_grade',
			'address',
			'contact',
			'blacklist_from'
		],
		...[
			'blacklist_to',
			'blacklist_source',
			'office',
			'home_townships',
			'scopes',
			'lead',
			'certificate',
			'issuer'
		],
		...[
			'valid_from',
			'valid_to',
			'townships',
			'kind',
			'content',
			'basis',
			'method',
			'category',
			'scope',
			'minutes'
		],
		...['source', 'body', 'departments', 'template', 'area_m2']
	];
	const cells = fc.dictionary(fc.constantFrom(...fields), word, { maxKeys: fields.length });
	return fc.property(
		fc.constantFrom(...Object.keys(rowRules)),
		cells,
		fc.integer({ min: 1, max: 2e5 }),
		(kind, given, line) =>
			inTime(() => {
				const outcome = rowRules[kind]!({
					file: 'f.csv',
					line,
					has: (field) => Object.hasOwn(given, field),
					get: (field) => (Object.hasOwn(given, field) ? given[field]! : '').trim()
				});
				return (
					(outcome.value === null) === outcome.refused.length > 0 &&
					[...outcome.refused, ...outcome.warned].every((refusal) => isTold(refusal, line))
				);
			})
	);
};

const isTold = ({ file, line: at, field, rule, values }: Refusal, line: number): boolean =>
	file === 'f.csv' &&
	at === line &&
	field !== '' &&
	rules.includes(rule) &&
	[false, true].every((english) => reasonText({ rule, values }, english) !== '');

const MOST_BYTES = 100_000;
const large = Buffer.alloc(MOST_BYTES + 1);
const faults = ['damaged', 'too_large', 'unsafe_name', 'link', 'encrypted', 'nested', 'method'];

/** An archive, sound, hostile or broken, is unpacked into its folder and within its bound, or refused for a reason. */
export const zipProperty = () => {
	const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'fairlot-fuzz-'));
	const entry = fc.record<Packed & { zeros?: boolean }>(
		{
			name: fc.oneof(
				fc.constantFrom(
					'a.csv',
					'地块/b.shp',
					'../c.csv',
					'..\\d.csv',
					'/e.csv',
					'f.zip',
					'g.gdb/h',
					'C:\\i.csv',
					'.',
					'j/'
				),
				fc.string({ minLength: 1, maxLength: 20 })
			),
			content: fc.string({ maxLength: 50 }),
			claims: fc.oneof(fc.nat(200), fc.constant(0xffffffff)),
			mode: fc.constantFrom(0o100644, 0o120777, 0o040755),
			encrypted: fc.boolean(),
			/** More than an archive may hold. */
			zeros: fc.boolean()
		},
		{ requiredKeys: ['name', 'content'] }
	);
	const cuts = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
	const property = fc.asyncProperty(
		fc.array(entry, { maxLength: 4 }),
		cuts,
		fc.nat(9),
		async (entries, changes, end) => {
			const start = busyMs();
			const archive = zipOf(
				entries.map(({ zeros, ...each }) => (zeros ? { ...each, content: large } : each))
			);
			for (const [at, byte] of changes) archive[at % archive.length] = byte;
			const path = join(folder, 'given.zip');
			writeFileSync(path, end === 0 ? archive.subarray(0, archive.length >> 1) : archive);
			const inside = mkdtempSync(join(folder, 'out-'));
			let kept = true;
			try {
				const { paths } = await unzip(path, inside, MOST_BYTES);
				const hostile = entries.some(
					({ mode, encrypted, name }) => (mode === 0o120777 || encrypted) && /^[a-j]\.csv$/.test(name)
				);
				kept =
					!(hostile && changes.length === 0) && paths.every((one) => !relative(inside, one).startsWith('..'));
			} catch (error) {
				if (!(error instanceof ZipRefused) || !faults.includes(error.fault)) throw error;
			}
			const written = readdirSync(inside, { recursive: true, encoding: 'utf8' });
			// Folders have a size too.
			const sizes = written
				.map((name) => statSync(join(inside, name)))
				.map((one) => (one.isFile() ? one.size : 0));
			rmSync(inside, { recursive: true });
			if (!kept || sizes.reduce((sum, size) => sum + size, 0) > 2 * MOST_BYTES) return false;
			return busyMs() - start < HANG_MS && readdirSync(folder).every((name) => name === 'given.zip');
		}
	);
	return { property, done: () => rmSync(folder, { recursive: true }) };
};
