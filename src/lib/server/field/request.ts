// The first questions of every request of a phone: which inspector asks, on which device.
import { actorOf } from '../account';
import type { Database } from '../db/database';
import type { Visitor } from '../session';
import { inspectorOf, ownDevice, type FieldActing } from './device';

interface Asking {
	locals: { db: Database; county: { code: string }; user: Visitor | null };
}

const statuses: Record<string, number> = { unknown_device: 404, no_key: 503 };

export const refusedWith = (reason: string, status = statuses[reason] ?? 403): Response =>
	Response.json({ reason }, { status });

export async function askedBy({ locals }: Asking) {
	const acting: FieldActing = {
		...{ db: locals.db, county: locals.county.code, actor: actorOf(locals), at: new Date() }
	};
	const inspector = await inspectorOf(acting.db, acting.county, acting.actor);
	return inspector
		? ({ ok: true, acting, inspector } as const)
		: ({ ok: false, response: refusedWith('no_inspector') } as const);
}

/** The same, with the device of the query, which is theirs and not revoked. */
export async function askedFrom(event: Asking & { url: URL }) {
	const asked = await askedBy(event);
	if (!asked.ok) return asked;
	const own = await ownDevice(asked.acting, event.url.searchParams.get('device') ?? '');
	return own.ok
		? { ...asked, device: own.device }
		: ({ ok: false, response: refusedWith(own.reason), reason: own.reason, asked } as const);
}
