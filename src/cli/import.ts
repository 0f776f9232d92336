// `npm run -s import -- --kind KIND FILE…`: the report as JSON on stdout; exit 0 when every row was taken, 1 when rows
// were refused, 2 when the files or options are at fault.
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { readSevenParameters, type SevenParameters } from '../lib/core/geo/datum';
import { failureText } from '../lib/core/registry/failure';
import { importKinds } from '../lib/core/registry/fields';
import { importOptions } from '../lib/schema/import';
import { databaseFromEnvironment, openDatabase, type Database } from '../lib/server/db/database';
import type { County } from '../lib/server/county';
import { importFiles } from '../lib/server/import/import';
import type { Progress } from '../lib/server/import/run';
import { addCounty } from '../lib/server/setup/county';
import { BadInput, command, print, readArgs, say } from './command';

const USAGE = `import --kind ${importKinds.join('|')} FILE…
  [--county CODE]            of several counties; --county-name NAME [--county-epsg 4549] registers the first one
  [--crs EPSG]               coordinate system of the files, where they do not say it
  [--datum FILE]             seven parameters from Xian 1980 or Beijing 1954 to CGCS2000: DX DY DZ (m) RX RY RZ (") M (ppm)
  [--gcj02] [--swapped]      coordinates are in GCJ-02 and are put back; north and east are exchanged
  [--encoding NAME]          of .csv and .dbf, where it is not found out
  [--layer NAME]             of a file with several layers
  [--map FIELD=COLUMN]…      which column holds a field; FIELD= takes none
  [--outside refuse|keep]    targets outside every township; kept ones count to the nearest
  [--provenance TEXT] [--licence TEXT] [--review-number TEXT]   of a boundary layer
  [--dry-run]                the report only, nothing is written`;

await command(async () => {
	const { values, positionals } = readArgs(USAGE, {
		allowPositionals: true,
		options: {
			kind: { type: 'string' },
			county: { type: 'string' },
			'county-name': { type: 'string' },
			'county-epsg': { type: 'string', default: '4549' },
			crs: { type: 'string' },
			datum: { type: 'string' },
			gcj02: { type: 'boolean', default: false },
			swapped: { type: 'boolean', default: false },
			encoding: { type: 'string' },
			layer: { type: 'string' },
			map: { type: 'string', multiple: true, default: [] },
			outside: { type: 'string' },
			provenance: { type: 'string' },
			licence: { type: 'string' },
			'review-number': { type: 'string' },
			'dry-run': { type: 'boolean', default: false }
		}
	});
	if (!values.kind || positionals.length === 0) throw new BadInput(`usage: ${USAGE}`);
	const options = v.safeParse(importOptions, {
		kind: values.kind,
		crs: values.crs === undefined ? null : Number(values.crs.replace(/^EPSG:/i, '')),
		datum: values.datum === undefined ? null : await sevenParameters(values.datum),
		gcj02: values.gcj02,
		swapped: values.swapped,
		encoding: values.encoding ?? null,
		layer: values.layer ?? null,
		mapping: Object.fromEntries(values.map.map(pair)),
		outside: values.outside ?? 'refuse',
		provenance: values.provenance ?? null,
		licence: values.licence ?? null,
		reviewNumber: values['review-number'] ?? null,
		dryRun: values['dry-run']
	});
	if (!options.success) {
		const issue = options.issues[0];
		throw new BadInput(`--${v.getDotPath(issue) ?? ''}: ${issue.message}\nusage: ${USAGE}`);
	}
	const { db, close } = await openDatabase(databaseFromEnvironment(process.env));
	try {
		const county = await theCounty(db, values.county, values['county-name'], Number(values['county-epsg']));
		const result = await importFiles(db, {
			county,
			files: positionals,
			large: true,
			options: options.output,
			at: new Date(),
			actor: 'operator',
			onProgress: teller()
		});
		if (!result.ok) throw new BadInput(failureText(result.failure));
		print(result.report);
		return result.report.refusedRows > 0 ? 1 : 0;
	} finally {
		await close();
	}
});

function pair(text: string): [string, string] {
	const at = text.indexOf('=');
	if (at < 1) throw new BadInput(`--map ${text}: must be FIELD=COLUMN`);
	return [text.slice(0, at), text.slice(at + 1)];
}

/** The county named, or the only one; the first one is registered when its name is given. */
async function theCounty(
	db: Database,
	code: string | undefined,
	name: string | undefined,
	epsg: number
): Promise<County> {
	const counties = await db
		.selectFrom('app.county')
		.select(['code', 'name', 'epsg', 'demo'])
		.orderBy('code')
		.execute();
	const found =
		code === undefined
			? counties.length === 1
				? counties[0]
				: undefined
			: counties.find((c) => c.code === code);
	if (found) return found;
	const known = counties.map((county) => `${county.code} ${county.name}`).join('、');
	if (code === undefined && known) throw new BadInput(`--county: one of ${known}`);
	if (code === undefined || name === undefined) {
		throw new BadInput(
			`no such county is registered (${known || 'none'}): give --county CODE --county-name NAME`
		);
	}
	if (!/^\d{6}$/.test(code)) throw new BadInput('--county: must have 6 digits');
	if (!(epsg >= 4534 && epsg <= 4554))
		throw new BadInput('--county-epsg: a 3° zone without prefix, 4534–4554');
	await addCounty({ db, actor: 'operator', at: new Date() }, { code, name, epsg });
	return { code, name, epsg, demo: false };
}

/** Progress on stderr: every phase once, and on a terminal its count too. */
function teller() {
	let last = '';
	return ({ phase, done, total }: Progress) => {
		if (process.stderr.isTTY && total > 0) process.stderr.write(`\r${phase} ${done}/${total}   `);
		else if (phase !== last) say(phase);
		last = phase;
	};
}

async function sevenParameters(path: string): Promise<SevenParameters> {
	const read = readSevenParameters(await readFile(path, 'utf8'));
	if (read.ok) return read.parameters;
	const { name, line, value } = read;
	throw new BadInput(
		line === 0 ? `${path}: ${name} is missing` : `${path}, line ${line}: ${name ?? 'unknown'}: ${value}`
	);
}
