// Development: dumps the migrated schema of the database at DATABASE_URL into db/schema.sql and generates its types,
// or with --check says whether the two files still agree with the migrations.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase } from '../lib/server/db/database';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const url = process.env.DATABASE_URL;
if (!url) {
	console.error('DATABASE_URL must name an empty PostgreSQL database with PostGIS');
	process.exit(2);
}
await (await openDatabase({ url, folder: null })).close();

const dump = execFileSync(
	'pg_dump',
	['--schema-only', '--no-owner', '-n', 'app', '-n', 'auth', '-n', 'ledger', '-n', 'portal', url],
	{
		encoding: 'utf8'
	}
)
	.split('\n')
	.filter((line) => !/^(--|\\|SET |SELECT pg_catalog)/.test(line))
	.join('\n')
	.replace(/\n{2,}/g, '\n\n')
	.trim();
const generated = execFileSync(
	'npx',
	[
		...['kysely-codegen', '--print', '--dialect', 'postgres', '--url', url],
		...[
			'--default-schema',
			'public',
			'--singularize',
			'--include-pattern',
			'(app|auth|ledger|portal).*',
			'--type-mapping'
		],
		'{"int8":"number","date":"string","geometry":"string","tstzrange":"string","daterange":"string"}'
	],
	{ encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
);
// PostgreSQL does not say which columns of a view can be null: the current_… views have their table's rows as they are.
const types = generated
	.slice(generated.indexOf('/**'))
	.replace(/export interface AppCurrent(\w+) \{[^}]*\}/g, 'export type AppCurrent$1 = App$1;');

const files = { 'db/schema.sql': dump + '\n', 'src/lib/server/db/schema.ts': types };
for (const [file, text] of Object.entries(files)) {
	if (!values.check) writeFileSync(file, text);
	else if (readFileSync(file, 'utf8') !== text) {
		console.error(`${file} is not what the migrations make: run npm run db:schema`);
		process.exitCode = 1;
	}
}
