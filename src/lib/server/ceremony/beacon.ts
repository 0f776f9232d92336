// 外部随机值 (level 3): a public value that did not exist when the digits were locked. A witness enters it after its time
// with where it was read; a drand round is checked by its signature, without asking anybody.
import { drandRound, drandValue } from '../../core/draw/drand';
import { beaconPattern } from '../../core/draw/entropy';
import type { CeremonyRefusal } from '../../schema/ceremony';
import { changeOne } from '../db/change-one';
import { refused, step, type Acting } from './step';

/** evidence: for a drand round its signature in hex, else where the result was published. */
export const enterBeacon = (
	acting: Acting,
	id: number,
	{ value, evidence }: { value: string; evidence: string }
): Promise<{ ok: true } | CeremonyRefusal> =>
	step(acting, id, ['locked'], async ({ trx, tables, draw, witnesses, note }) => {
		const { actor, at, county } = acting;
		const { beacon_kind, beacon_source, beacon_pattern, beacon_after, beacon_value } = draw.ceremony;
		if (!witnesses.some(({ account }) => account === actor)) return refused('not_witness');
		if (!beacon_kind || !beacon_source || !beacon_pattern || !beacon_after) return refused('wrong_state');
		if (beacon_value !== null) return refused('already_given');
		if (at < beacon_after) return refused('beacon_early', { until: beacon_after.toISOString() });
		if (!beaconPattern(beacon_pattern)?.test(value)) return refused('beacon_pattern', { field: 'value' });
		const round = beacon_kind === 'drand' ? drandRound(beacon_source) : null;
		if (beacon_kind === 'drand' && (round === null || drandValue(round, evidence) !== value))
			return refused('beacon_signature', { field: 'evidence' });
		await changeOne(
			trx
				.updateTable(tables.ceremony)
				.set({ beacon_value: value, beacon_evidence: evidence, beacon_by: actor, beacon_at: at })
				.where('county', '=', county.code)
				.where('draw', '=', id)
		);
		await note('beacon', { source: beacon_source, value, evidence });
		return { ok: true };
	});
