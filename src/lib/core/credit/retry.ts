// When a message that was not taken is tried again, and when it is given to a person instead. A platform that is down is
// waited for; an answer that will be the same tomorrow is not asked for for ever. Chance is an argument.

/** address, host, scheme: ours to set right. receipt: taken, as it says, but not this message. refused: a 4xx. */
export type SendFailure =
	| ('network' | 'timeout' | 'busy')
	| ('receipt' | 'too_large' | 'redirect' | 'address' | 'host' | 'scheme' | 'tls')
	| 'refused';

const temporary: readonly SendFailure[] = ['network', 'timeout', 'busy'];
/** A setting or a fault at the other end that may be put right meanwhile. */
const FEW_ATTEMPTS = 6;
/** How long a platform may be down before a person is told that waiting does not help. */
const PATIENCE_MS = 30 * 86_400_000;
const BASE_MS = 30_000;
const CAP_MS = 3_600_000;

/** Full jitter: anywhere between now and a bound that doubles up to an hour. random in [0, 1). */
export const backoffMs = (attempts: number, random: number): number =>
	Math.floor(random * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempts - 1, 20)));

/** attempts: since it was queued, this one included. */
export function afterFailure(
	{ reason, attempts, queuedAt, at }: { reason: SendFailure; attempts: number; queuedAt: Date; at: Date },
	random: number
): { state: 'dead' } | { state: 'waiting'; nextAt: Date } {
	const over = temporary.includes(reason)
		? at.getTime() - queuedAt.getTime() > PATIENCE_MS
		: reason === 'refused' || attempts >= FEW_ATTEMPTS;
	if (over) return { state: 'dead' };
	return { state: 'waiting', nextAt: new Date(at.getTime() + backoffMs(attempts, random)) };
}
