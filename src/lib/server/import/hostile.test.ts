// Files made to harm: archives that lie or climb out, counts that are not there, too much of everything.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, prepareFiles } from '../../../../tests/support/prepared';
import { zipOf, type Packed } from '../../../../tests/support/zip';

const folder = newFolder();
const written = (name: string, content: Buffer | string) => {
	writeFileSync(join(folder, name), content);
	return join(folder, name);
};
const csv = 'code,wkt\nA,"POLYGON((118.9 25.9,118.91 25.9,118.91 25.91,118.9 25.9))"\n';
const zeros = Buffer.alloc(20 << 20);

test.each<[string, Packed[], string]>([
	[
		'a bomb by its own account',
		Array.from({ length: 16 }, (_, i) => ({ name: `${i}.csv`, content: zeros })),
		'zip_too_large'
	],
	['a bomb that lies', [{ name: 'a.csv', content: zeros, claims: 1000 }], 'zip_too_large'],
	[
		'too many files',
		Array.from({ length: 1001 }, (_, i) => ({ name: `${i}.csv`, content: csv })),
		'zip_too_large'
	],
	[
		'an archive in it',
		[
			{ name: 'a.csv', content: csv },
			{ name: 'b.zip', content: 'PK' }
		],
		'zip_nested'
	],
	['a name that climbs out', [{ name: '../../evil.csv', content: csv }], 'zip_unsafe_name'],
	['a name of Windows that climbs out', [{ name: '..\\..\\evil.csv', content: csv }], 'zip_unsafe_name'],
	['an absolute name', [{ name: '/tmp/evil.csv', content: csv }], 'zip_unsafe_name'],
	['a link', [{ name: 'a.csv', content: '/etc/passwd', mode: 0o120777 }], 'zip_link'],
	['a password', [{ name: 'a.csv', content: csv, encrypted: true }], 'zip_encrypted'],
	['nothing of use', [{ name: 'readme.docx', content: csv }], 'zip_empty']
])('an archive with %s is refused', async (_, entries, reason) => {
	const result = await prepareFiles('land_parcel', [written('given.zip', zipOf(entries))]);
	expect(result).toMatchObject({ ok: false, failure: { reason } });
	expect(existsSync(join(dirname(folder), 'evil.csv')) || existsSync('/tmp/evil.csv')).toBe(false);
});

test('a damaged archive, at any place, is a refusal and never an exception', async () => {
	const good = zipOf([{ name: '地块/a.csv', content: csv }]);
	expect(await prepareFiles('land_parcel', [written('good.zip', good)])).toMatchObject({ ok: true, rows: 1 });
	for (let at = 0; at < good.length; at += 3) {
		const bad = Buffer.from(good);
		bad[at]! ^= 0xff;
		const result = await prepareFiles('land_parcel', [written('bad.zip', bad)]);
		if (!result.ok) expect(result.failure.reason).toMatch(/^(zip_|file_|empty|column_|text_encoding)/);
	}
	expect(await prepareFiles('land_parcel', [written('cut.zip', good.subarray(0, 60))])).toMatchObject({
		failure: { reason: 'zip_damaged' }
	});
});

test('a thousand million points that are only declared take no memory', async () => {
	const wkb = Buffer.alloc(13);
	wkb.writeUInt8(1, 0);
	wkb.writeUInt32LE(3, 1);
	wkb.writeUInt32LE(1, 5);
	wkb.writeUInt32LE(1e9, 9);
	const { readWkb } = await import('../../core/geo/wkb');
	expect(() => readWkb(wkb)).toThrow(RangeError);
	// The same in a Shapefile: one polygon record whose count of points is 10⁹.
	const shp = Buffer.alloc(100 + 8 + 44 + 4 + 48);
	shp.writeInt32BE(9994, 0);
	shp.writeInt32BE(shp.length / 2, 24);
	shp.writeInt32LE(1000, 28);
	shp.writeInt32LE(5, 32);
	shp.writeInt32BE(1, 100);
	shp.writeInt32BE((44 + 4 + 48) / 2, 104);
	shp.writeInt32LE(5, 108);
	shp.writeInt32LE(1, 144);
	shp.writeInt32LE(1e9, 148);
	const shx = Buffer.alloc(108);
	shp.copy(shx, 0, 0, 100);
	shx.writeInt32BE(54, 24);
	shx.writeInt32BE(50, 100);
	shx.writeInt32BE(48, 104);
	const dbf = Buffer.alloc(32 + 32 + 1 + 6, 0x20);
	dbf.fill(0, 0, 64);
	dbf.writeUInt8(3, 0);
	dbf.writeUInt32LE(1, 4);
	dbf.writeUInt16LE(65, 8);
	dbf.writeUInt16LE(6, 10);
	dbf.write('code', 32, 'latin1');
	dbf.write('C', 43, 'latin1');
	dbf.writeUInt8(5, 48);
	dbf.writeUInt8(0x0d, 64);
	dbf.write(' A    ', 65, 'latin1');
	written('lie.shx', shx);
	written('lie.dbf', dbf);
	const before = process.memoryUsage().rss;
	const result = await prepareFiles('land_parcel', [written('lie.shp', shp)], { crs: 4490 });
	if (!result.ok) expect(result.failure.reason).toMatch(/^(file_unreadable|crs_unknown)$/);
	expect(process.memoryUsage().rss - before).toBeLessThan(1e9);
});

test('more features than are taken at once are refused as a whole', async () => {
	const file = written('many.csv', `code\n${'A\n'.repeat(200_001)}`);
	expect(await prepareFiles('land_parcel', [file])).toMatchObject({ failure: { reason: 'over_limits' } });
	expect(readdirSync(folder)).toContain('many.csv');
});
