// `npm run -s demo`: loads the demonstration county and its accounts into the database the environment names, or the
// embedded one.
// JSON on stdout, progress on stderr; exit 1 when there is a county already.
import { databaseFromEnvironment, openDatabase } from '../lib/server/db/database';
import { authIdentity } from '../lib/server/db/identity';
import { createDemoAccounts, demoAccountsText } from '../lib/server/demo-accounts';
import { demoField } from '../lib/server/demo/field';
import { loadDemo } from '../lib/server/demo/load';
import { demoResults } from '../lib/server/demo/results';

const { db, as, close } = await openDatabase(databaseFromEnvironment(process.env));
try {
	const at = new Date();
	const result = await loadDemo(db, {
		at,
		onProgress: (stage, done, total) => console.error(`demo: ${stage} ${done}/${total}`)
	});
	console.log(JSON.stringify(result));
	if (!result.ok) {
		console.error(
			`demo: nothing loaded, the database already has county ${result.code}; use an empty database`
		);
		process.exitCode = 1;
	} else {
		await createDemoAccounts(db, at);
		await demoResults(db, as(authIdentity), at);
		await demoField(db, at);
		console.error(demoAccountsText());
	}
} finally {
	await close();
}
