// `npm run -s worker`: background work on PostgreSQL, on as many machines as one likes: the credit push, its daily comparison,
// grades that begin and end. Ends on SIGTERM or SIGINT when what is under way is settled. On the embedded database the
// server does this itself, and a second process would lose its writes.
import { BadSettings } from '../lib/server/auth-settings';
import { creditRound, startCreditClock } from '../lib/server/credit/clock';
import { creditSettings } from '../lib/server/credit/settings';
import { databaseFromEnvironment, openDatabase } from '../lib/server/db/database';
import { systemIdentity } from '../lib/server/db/identity';
import { BadInput, command, print, readArgs, say } from './command';

const USAGE = `worker [--once]
  --once   one round, then end: for a timer of the operating system`;

await command(async () => {
	const { values } = readArgs(USAGE, { options: { once: { type: 'boolean', default: false } } });
	const where = databaseFromEnvironment(process.env);
	if (where.url === undefined)
		throw new BadInput('DATABASE_URL is not set: on the embedded database the server does this work itself');
	const options = { settings: settings(), embedded: false, now: () => new Date() };
	const { as, close } = await openDatabase(where);
	const db = as(systemIdentity);
	try {
		if (values.once) return print({ accepted: await creditRound(db, options) });
		const clock = startCreditClock(db, { ...options, log: say });
		say('working; SIGTERM ends it');
		// The clock's own timer keeps no process alive.
		const alive = setInterval(() => undefined, 2 ** 30);
		await new Promise((resolve) => ['SIGTERM', 'SIGINT'].forEach((signal) => process.once(signal, resolve)));
		clearInterval(alive);
		await clock.stop();
	} finally {
		await close();
	}
});

function settings() {
	try {
		return creditSettings(process.env);
	} catch (problem) {
		if (problem instanceof BadSettings) throw new BadInput(problem.message);
		throw problem;
	}
}
