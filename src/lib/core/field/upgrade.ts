// Events of earlier versions, read as those of today. The bytes that were hashed stay as they are: this is a view of them.
// Invariant: an event of the current version comes back as it is; nothing that was written is lost.

import { EVENT_VERSION, type FieldEvent } from './event';

/** What each version lacked, by the version it is raised from. */
const steps: Record<number, (body: Record<string, unknown>, kind: string) => Record<string, unknown>> = {
	1: (body, kind) => {
		if (kind === 'answered') return { replaces: [], ...body };
		// Nobody knows what was signed or closed then: a hash of nothing, so that it does not count as today's content.
		if (kind === 'signed' || kind === 'closed') return { over: '0'.repeat(64), ...body };
		return body;
	},
	2: (body, kind) => (kind === 'served' ? { reason: null, strokes: '', width: 1, height: 1, ...body } : body)
};

export function upgrade(event: FieldEvent): FieldEvent {
	let body = event.body as unknown as Record<string, unknown>;
	for (let v = event.v; v < EVENT_VERSION; v++) body = steps[v]?.(body, event.kind) ?? body;
	return event.v === EVENT_VERSION ? event : ({ ...event, v: EVENT_VERSION, body } as unknown as FieldEvent);
}
