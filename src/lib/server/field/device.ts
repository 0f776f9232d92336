// Who holds which phone: an account tied to an inspector of the directory enrols devices, and a lost one is revoked.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../db/database';
import { changeOne } from '../db/change-one';
import { append } from '../ledger';

/** Who acts, for the functions of this folder. */
export interface FieldActing {
	db: Database;
	county: string;
	actor: string;
	at: Date;
}

/** The inspector of the directory that the account is; undefined: none. */
export const inspectorOf = (db: Database, county: string, account: string) =>
	db
		.selectFrom('auth.user as u')
		.innerJoin('app.inspector as i', 'i.code', 'u.inspector')
		.where('u.id', '=', account)
		.where('i.county', '=', county)
		.select(['i.code', 'i.name', 'i.office'])
		.executeTakeFirst();
export type FieldInspector = NonNullable<Awaited<ReturnType<typeof inspectorOf>>>;

export async function enrolDevice(
	{ db, county, actor, at }: FieldActing,
	inspector: FieldInspector,
	name: string
): Promise<string> {
	const id = randomUUID();
	await db.transaction().execute(async (trx) => {
		await trx
			.insertInto('app.field_device')
			.values({ county, id, account: actor, inspector: inspector.code, name, enrolled_at: at })
			.execute();
		const entry = { type: 'field.device_enrolled', at: at.toISOString(), actor };
		await append(trx, county, { ...entry, device: id, inspector: inspector.code });
	});
	return id;
}

/** A lost phone: it is told to wipe itself when it next asks, and nothing more is taken from it. */
export async function revokeDevice({ db, county, actor, at }: FieldActing, id: string): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const open = await trx
			.selectFrom('app.field_device')
			.where('county', '=', county)
			.where('id', '=', id)
			.where('revoked_at', 'is', null)
			.select('inspector')
			.executeTakeFirst();
		if (!open) return false;
		await changeOne(
			trx
				.updateTable('app.field_device')
				.set({ revoked_at: at, revoked_by: actor })
				.where('county', '=', county)
				.where('id', '=', id)
		);
		const entry = { type: 'field.device_revoked', at: at.toISOString(), actor };
		await append(trx, county, { ...entry, device: id, inspector: open.inspector });
		return true;
	});
}

export const deviceOf = (db: Database, county: string, id: string) =>
	db
		.selectFrom('app.field_device')
		.where('county', '=', county)
		.where('id', '=', id)
		.select(['id', 'account', 'inspector', 'revoked_at as revokedAt', 'seq', 'head', 'skew_ms as skewMs'])
		.executeTakeFirst();

/** Those this visitor may see, the ones in use first. */
export const listDevices = (db: Database, county: string) =>
	db
		.selectFrom('app.field_device as d')
		.leftJoin('auth.user as u', 'u.id', 'd.account')
		.leftJoin('app.inspector as i', (join) =>
			join.onRef('i.county', '=', 'd.county').onRef('i.code', '=', 'd.inspector')
		)
		.leftJoin('auth.user as r', 'r.id', 'd.revoked_by')
		.where('d.county', '=', county)
		.select(['d.id', 'd.name', 'd.inspector', 'i.name as inspectorName', 'u.name as holder', 'd.seq'])
		.select(['d.enrolled_at as enrolledAt', 'd.last_at as lastAt', 'd.skew_ms as skewMs'])
		.select(['d.revoked_at as revokedAt', 'r.name as revoker'])
		.orderBy(sql`d.revoked_at IS NOT NULL`)
		.orderBy(sql`coalesce(d.last_at, d.enrolled_at)`, 'desc')
		.limit(500)
		.execute();

export type DeviceRefusal = 'unknown_device' | 'foreign_device' | 'revoked';

/** The device, if it is this account's and may still speak. Another account's is refused, and noted. */
export async function ownDevice(
	{ db, county, actor, at }: FieldActing,
	id: string
): Promise<
	| { ok: true; device: NonNullable<Awaited<ReturnType<typeof deviceOf>>> }
	| { ok: false; reason: DeviceRefusal }
> {
	const device = await deviceOf(db, county, id);
	if (device && device.account === actor)
		return device.revokedAt ? { ok: false, reason: 'revoked' } : { ok: true, device };
	await noteRefusal({ db, county, actor, at }, { device: id, reason: 'foreign_device', what: '' });
	return { ok: false, reason: device ? 'foreign_device' : 'unknown_device' };
}

/** What was sent and not taken. Stays when the transaction of the batch does not: call it outside. */
export async function noteRefusal(
	{ db, county, actor, at }: FieldActing,
	{ device, reason, what }: { device: string; reason: string; what: string }
): Promise<void> {
	await db
		.insertInto('app.field_refusal')
		.values({ county, at, account: actor, device: device.slice(0, 64), reason, what: what.slice(0, 200) })
		.execute();
}
