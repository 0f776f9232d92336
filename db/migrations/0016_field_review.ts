// What the office does with field work: the batch in which the targets of a pack were drawn, the ledger entries that hold
// events and decisions, a result for each target of a record, which a legal reviewer may write down by accepting it.
import { sql, type Kysely } from 'kysely';
import { policiesOf } from '../row-access';

export async function up(db: Kysely<unknown>): Promise<void> {
	for (const statement of statements) await sql.raw(statement).execute(db);
}

const rebuilt = (table: string) => [
	...['select', 'insert', 'update', 'delete'].map((verb) => `DROP POLICY IF EXISTS may_${verb} ON ${table}`),
	`REVOKE ALL ON ${table} FROM fairlot_app`,
	...policiesOf(table)
];

const statements = [
	// draw null: the targets were drawn in none, so the record yields no result.
	`ALTER TABLE app.field_pack ADD draw integer, ADD FOREIGN KEY (county, draw) REFERENCES app.draw`,
	`ALTER TABLE app.field_pack DISABLE TRIGGER stays`,
	`UPDATE app.field_pack k SET draw = p.draw FROM app.route_plan p
		WHERE p.county = k.county AND p.series = k.series AND p.id = k.plan`,
	`ALTER TABLE app.field_pack ENABLE TRIGGER stays`,
	`ALTER TABLE app.field_record ADD decided_entry bigint`,

	// Which entry of the ledger holds the root of which events of a device: first to last by number.
	`CREATE TABLE app.field_batch (
		county text NOT NULL,
		entry bigint NOT NULL,
		device text NOT NULL,
		first integer NOT NULL CHECK (first >= 1),
		last integer NOT NULL CHECK (last >= first),
		PRIMARY KEY (county, entry),
		UNIQUE (county, device, first),
		FOREIGN KEY (county, device) REFERENCES app.field_device
	)`,
	`INSERT INTO app.field_batch (county, entry, device, first, last)
		SELECT county, seq, said ->> 'device', (said ->> 'first')::integer, (said ->> 'last')::integer
		FROM (SELECT county, seq, convert_from(bytes, 'UTF8')::jsonb AS said FROM ledger.entry
			WHERE convert_from(bytes, 'UTF8') LIKE '%"type":"field.received"}') received`,
	`CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON app.field_batch FOR EACH ROW EXECUTE FUNCTION app.stays()`,
	...policiesOf('app.field_batch'),

	`DROP INDEX app.result_record`,
	`CREATE UNIQUE INDEX result_record ON app.result (county, record, target)
		WHERE record IS NOT NULL AND state <> 'withdrawn'`,
	...rebuilt('app.result'),
	...rebuilt('app.result_finding')
];
