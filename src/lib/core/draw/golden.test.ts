import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawSealed } from './manifest';
import { makeExcluded, makeFrame, type Excluded, type FrameRow } from './frame';
import { parseFrameCsv } from './frame-csv';
import { nonceCommitOf } from './entropy';
import { sealPlan } from './seal';
import { toHex } from '../bytes/hex';
import { sha256 } from '../bytes/sha256';
import { value } from '../../../../tests/support/value';

const golden = (name: string) =>
	readFileSync(new URL(`../../../../tests/golden/${name}`, import.meta.url), 'utf8');
const json = (name: string) => JSON.parse(golden(name));

function run(
	rows: FrameRow[],
	excluded: Excluded[],
	plan: unknown,
	source: { seed: string } | { entropy: unknown }
) {
	const { frame } = value(makeFrame(rows));
	const sealed = value(sealPlan(frame, value(makeExcluded(excluded)).excluded, plan));
	const { manifest, manifestHash, selectedRoot } = value(drawSealed(frame, sealed, source));
	return { manifest, manifestHash, selectedRoot };
}

describe('golden draws, value for value', () => {
	it('golden_frame.csv', () => {
		const { frame } = value(parseFrameCsv(golden('golden_frame.csv')));
		const sealed = value(sealPlan(frame, [], json('golden_plan.json')));
		const { ok, ...drawn } = value(drawSealed(frame, sealed, { seed: toHex(sha256('fairlot golden 1')) }));
		expect(ok).toBe(true);
		expect(drawn).toEqual(json('golden_expected.json'));
	});

	it('a whole ceremony', () => {
		const { frame, excluded, plan, nonce, entropy, expected } = json('golden_ceremony.json');
		expect(nonceCommitOf(nonce)).toBe(plan.nonceCommit);
		expect(run(frame, excluded, plan, { entropy })).toEqual(expected);
	});

	it.each(['edge', 'halves'])('%s', (name) => {
		const file = json('golden_edge.json');
		const { frame, excluded, plan, expected } = file[name];
		expect(run(frame, excluded, plan, { seed: file.seed })).toEqual(expected);
	});
});
