// Runs before `npm start` and `npm test` with nothing but Node: installs what the lock file says when node_modules
// does not match it, and with --build makes the production build when a source is newer than it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
	console.error(`Fairlot needs Node 20.19 or newer (24 recommended); this is ${process.versions.node}.`);
	process.exit(1);
}

const stamp = 'node_modules/.fairlot-lock';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
	run('Installing packages', ['ci', '--include=dev', '--no-audit', '--no-fund']);
	mkdirSync('node_modules', { recursive: true });
	writeFileSync(stamp, lock);
}

if (process.argv.includes('--build') && !upToDate('build/index.js')) run('Building', ['run', '-s', 'build']);

/** @param {string} what @param {string[]} args */
function run(what, args) {
	console.error(`${what} …`);
	const quiet = process.env.CI ? 'inherit' : 'pipe';
	const { status, stdout, stderr } = spawnSync('npm', args, {
		stdio: ['ignore', quiet, quiet],
		shell: process.platform === 'win32'
	});
	if (status === 0) return;
	console.error(`${stdout ?? ''}\n${stderr ?? ''}\n${what} failed.`);
	process.exit(status ?? 1);
}

/** @param {string} file whether it is newer than everything it is made from */
function upToDate(file) {
	if (!existsSync(file)) return false;
	const made = statSync(file).mtimeMs;
	/** @param {string} path @returns {boolean} */
	const older = (path) => {
		if (path === 'src/lib/i18n/paraglide') return true;
		const stat = statSync(path);
		if (!stat.isDirectory()) return stat.mtimeMs < made;
		return readdirSync(path).every((name) => older(`${path}/${name}`));
	};
	return [
		'src',
		'static',
		'db',
		'geodata',
		'messages',
		'package-lock.json',
		'svelte.config.js',
		'vite.config.ts'
	].every((path) => !existsSync(path) || older(path));
}
