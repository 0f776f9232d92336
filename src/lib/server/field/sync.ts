// What a phone brings, and a signed receipt of what is on the disk. A batch is one transaction and one ledger entry with
// the root of its hashes; the receipt is signed after COMMIT.
import { signReceipt } from '../../core/field/receipt';
import { recorded } from '../ledger';
import type { LedgerKey } from '../ledger-key';
import { takeEvents, type RefusedEvent } from './chain';
import { noteRefusal, ownDevice, type DeviceRefusal, type FieldActing } from './device';
import { completePhotos } from './photo';

export interface Brought {
	device: string;
	/** Clock of the device. */
	now: string;
	events: readonly unknown[];
	photos: readonly string[];
}
export type SyncOutcome =
	| { ok: true; receipt: string | null; refused: RefusedEvent[]; have: number }
	| { ok: false; reason: DeviceRefusal | 'no_key' };

export async function sync(acting: FieldActing, brought: Brought, key: LedgerKey): Promise<SyncOutcome> {
	const { db, county, at } = acting;
	if (!key.ok) return { ok: false, reason: 'no_key' };
	const own = await ownDevice(acting, brought.device);
	if (!own.ok) return own;
	const { id, inspector } = own.device;
	const skewMs = Date.parse(brought.now) - at.getTime();
	const { acknowledged, refused, photos, ledger, have } = await recorded(db, async (trx, append) => {
		const photos = await completePhotos(trx, county, brought.photos);
		return { photos, ...(await takeEvents(trx, append, acting, { id, inspector, skewMs }, brought.events)) };
	});
	await noteRefused(acting, id, refused);
	if (acknowledged.length === 0 && photos.length === 0) return { ok: true, receipt: null, refused, have };
	const receipt = signReceipt(
		{
			...{ county, device: id, at: at.toISOString(), skewMs, ledger, photos },
			events: acknowledged.filter(({ standing }) => standing === 'record').map(({ hash }) => hash),
			aside: acknowledged
				.filter(({ standing }) => standing !== 'record')
				.map(({ hash, standing }) => ({ hash, reason: standing }))
		},
		key.seed
	);
	return { ok: true, receipt, refused, have };
}

/** A gap is no fault: the events before it are on their way. */
export async function noteRefused(acting: FieldActing, device: string, refused: readonly RefusedEvent[]) {
	for (const { id, seq, reason } of refused)
		if (reason !== 'gap')
			await noteRefusal(acting, { device, reason, what: `${seq ?? ''} ${id ?? ''}`.trim() });
}
