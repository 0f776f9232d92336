import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// The stages of the house. A later one reads an earlier one, never the reverse (see src/lib/core/README.md).
const stages = [
	'bytes',
	'geo',
	'ledger',
	'registry',
	'plan',
	'draw',
	'visit',
	'annual',
	'burden',
	'route',
	'crew',
	'field',
	'finding',
	'posting',
	'credit',
	'study',
	'coverage',
	'audit'
];

/** @param {string[]} group @param {string} message */
const forbid = (group, message) => ({ group, message });

const only = {
	map: forbid(
		['maplibre-gl', 'maplibre-gl/*', 'svelte-maplibre-gl', 'terra-draw*'],
		'Only src/lib/map speaks to the map library: import its components instead.'
	),
	database: forbid(
		['pg', 'kysely'],
		'Only lib/server, db, tests and cli speak SQL: call a function of lib/server instead.'
	),
	kit: forbid(['bits-ui'], 'bits-ui is wrapped once in lib/ui/kit: use the wrapper.'),
	relative: forbid(
		['$lib/*', '$app/*'],
		'Server code also runs in worker threads and on the command line, where these names mean nothing: import by relative path.'
	)
};

const corePackages = ['h3-js', '@turf/', '@noble/', 'kdbush', 'geokdbush', 'geographiclib-geodesic'];
const pureCore = [
	{
		regex: `^(?!\\.{1,2}/|(${corePackages.join('|')}))`,
		message: `The core is pure: it imports itself and ${corePackages.join(', ')} only. Time, seed, matrix and solver are arguments.`
	},
	{
		regex: '^(\\.\\./)+(server|map|ui|i18n|offline|schema|routes|cli)/',
		message: 'The core imports only the core: what it needs from outside is an argument.'
	}
];
/** @param {number} k a stage's place in the house; later stages are out of its reach */
const earlierThan = (k) =>
	stages.slice(k + 1).map((later) => ({
		regex: `^\\.\\./${later}/`,
		message: `${later} is a later stage than ${stages[k]}: a stage reads earlier ones only.`
	}));

const noClock = 'The core has no clock: take the instant as an argument.';
const clockAndChance = [
	{ object: 'Math', property: 'random', message: 'Chance comes from the keyed stream of core/bytes only.' },
	{ object: 'Date', property: 'now', message: noClock },
	{ property: 'localeCompare', message: 'Order is by UTF-8 bytes: use compareUtf8.' }
];
const inexact = [
	'sin',
	'cos',
	'tan',
	'atan',
	'atan2',
	'asin',
	'acos',
	'exp',
	'log',
	'pow',
	'sqrt',
	'hypot'
].map((property) => ({
	object: 'Math',
	property,
	message: 'The draw is integers and SHA-256 only, so that every program gives the same bytes.'
}));
const outsideWorld = [
	'window',
	'document',
	'fetch',
	'process',
	'localStorage',
	'setTimeout',
	'setInterval'
].map((name) => ({ name, message: 'The core has no outside world: take it as an argument.' }));

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'node_modules/',
			'data/',
			'src/lib/i18n/paraglide/',
			'src/lib/server/db/schema.ts'
		]
	},
	js.configs.recommended,
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'no-restricted-imports': ['error', { patterns: [only.map, only.database, only.kit] }],
			// Links are plain: the application is served from the root of its host.
			'svelte/no-navigation-without-resolve': 'off',
			// It reads the words of a justification after the code as codes.
			'svelte/no-unused-svelte-ignore': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } }
	},
	{
		files: ['src/lib/map/**'],
		rules: { 'no-restricted-imports': ['error', { patterns: [only.database, only.kit] }] }
	},
	{
		files: ['src/lib/ui/kit/**', 'src/routes/+layout.svelte'],
		rules: { 'no-restricted-imports': ['error', { patterns: [only.map, only.database] }] }
	},
	{
		files: ['src/lib/server/**', 'src/cli/**', 'db/**'],
		rules: { 'no-restricted-imports': ['error', { patterns: [only.map, only.kit, only.relative] }] }
	},
	{ files: ['tests/**'], rules: { 'no-restricted-imports': 'off' } },
	{
		files: ['src/lib/core/**'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-globals': ['error', ...outsideWorld],
			'no-restricted-properties': ['error', ...clockAndChance],
			'no-restricted-syntax': [
				'error',
				{ selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: noClock }
			]
		}
	},
	...stages.map((stage, k) => ({
		files: [`src/lib/core/${stage}/**`],
		ignores: ['**/*.test.ts'],
		rules: { 'no-restricted-imports': ['error', { patterns: [...pureCore, ...earlierThan(k)] }] }
	})),
	{
		// Trigonometry and roots differ between engines in the last bit, and a draw may not. The freeze projects
		// points before anything is committed; from then on coordinates are data.
		files: ['src/lib/core/draw/**'],
		ignores: ['**/*.test.ts', '**/freeze.ts'],
		rules: { 'no-restricted-properties': ['error', ...clockAndChance, ...inexact] }
	}
);
