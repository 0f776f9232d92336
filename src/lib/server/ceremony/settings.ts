// What the form of a ceremony settles: times counted from now, the witnesses the level asks for, the public value to come.
import { drandSource, DRAND_PATTERN, roundAfter, timeOfRound } from '../../core/draw/drand';
import { lotteries, type FreezeForm } from '../../schema/ceremony';
import type { CeremonySettings } from './freeze';

const HOUR_MS = 3_600_000;

export function settingsOf(form: FreezeForm, at: Date): CeremonySettings {
	const { level, witness1, body1, witness2, body2, noticeMinutes, superiorConsent, framePermission } = form;
	const second = witness2 && level !== 'L1' ? [{ account: witness2, body: body2 ?? '' }] : [];
	return {
		...{ level, noticeMinutes, superiorConsent, framePermission },
		witnesses: [{ account: witness1, body: body1 }, ...second],
		revealBy: new Date(at.getTime() + form.revealHours * HOUR_MS),
		closeBy: new Date(at.getTime() + form.closeDays * 24 * HOUR_MS),
		beacon: level === 'L3' && form.beaconAfter ? beaconOf(form, form.beaconAfter) : null
	};
}

function beaconOf({ beaconKind: kind, lottery, issue }: FreezeForm, after: Date): CeremonySettings['beacon'] {
	if (kind === 'drand') {
		const round = roundAfter(after);
		return { kind, source: drandSource(round), pattern: DRAND_PATTERN, after: timeOfRound(round) };
	}
	const pattern = lotteries.find(({ name }) => name === lottery)?.pattern;
	return pattern && issue ? { kind, source: `${lottery} ${issue}`, pattern, after } : null;
}
