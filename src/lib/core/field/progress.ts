// How a stop stands at an instant, for who looks after many crews at once: what waits for somebody comes out by itself.
// Invariant: a function of plan, record and instant; a closed record is never late or stuck.

/** ahead: not yet due; late: nobody came; there: being recorded; stuck: somebody came long ago and did not close. */
export const stopStates = ['review', 'stuck', 'late', 'returned', 'there', 'ahead', 'accepted'] as const;
export type StopState = (typeof stopStates)[number];

/** After the planned arrival. */
export const LATE_MIN = 30;
/** After somebody arrived, beyond the planned length of the stop. */
export const STUCK_MIN = 120;

interface Planned {
	/** Milliseconds since 1970. */
	arrivesMs: number;
	serviceMin: number;
}
export interface Recorded {
	state: 'open' | 'closed' | 'returned' | 'accepted';
	/** When somebody arrived, or else first wrote something down; milliseconds since 1970. */
	beganMs: number;
}

export function stopStateAt(
	{ arrivesMs, serviceMin }: Planned,
	record: Recorded | null,
	nowMs: number
): StopState {
	if (!record) return nowMs > arrivesMs + LATE_MIN * 60_000 ? 'late' : 'ahead';
	if (record.state === 'accepted' || record.state === 'returned') return record.state;
	if (record.state === 'closed') return 'review';
	return nowMs > record.beganMs + (serviceMin + STUCK_MIN) * 60_000 ? 'stuck' : 'there';
}
