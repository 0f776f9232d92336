// The rules of the demonstration county: every figure as the catalogue suggests it, from the day its plan came out, so
// that its past draws are judged by a rule of their day too; and the working days of the years that come with the program.
import type { Transaction } from 'kysely';
import { ruleKinds } from '../../core/rule/catalogue';
import { shippedYears } from '../calendar';
import type { DB } from '../db/schema';

const SINCE = '2020-01-07';

export async function insertRules(
	trx: Transaction<DB>,
	{ county, actor, at }: { county: string; actor: string; at: Date }
): Promise<void> {
	await trx
		.insertInto('app.rule_param')
		.values(
			ruleKinds.map(({ key, suggested, source }) => ({
				...{ county, key, value: suggested, valid: `[${SINCE},)`, source, set_by: actor, set_at: at }
			}))
		)
		.execute();
	await trx
		.insertInto('app.calendar_year')
		.values(
			shippedYears().map(({ year, source, daysOff, workdays }) => ({
				...{ county, year, source, days_off: daysOff, workdays, set_by: actor, set_at: at }
			}))
		)
		.execute();
}
