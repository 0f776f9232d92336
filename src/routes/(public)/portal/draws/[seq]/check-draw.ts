// Recomputes in the visitor's browser what a draw has published so far, against the commitment they hold.
import { nonceCommitOf, seedOf } from '$lib/core/draw/entropy';
import { parseExcludedCsv, parseFrameCsv } from '$lib/core/draw/frame-csv';
import { manifestHashOf, selectedRootOf, type Manifest } from '$lib/core/draw/manifest';
import { commitmentOf, type SealedPlan } from '$lib/core/draw/plan';
import { verify } from '$lib/core/draw/verify';

/** draw: the whole list recomputed from the frame. */
export type CheckName = 'plan' | 'nonce' | 'seed' | 'manifest' | 'root' | 'draw';
export interface Check {
	name: CheckName;
	ok: boolean;
}

export interface Published {
	seq: number;
	/** From paper where the visitor has it, else as shown. */
	commitment: string;
	sealed: { manifestHash: string; selectedRoot: string } | null;
	open: boolean;
	publicFrame: boolean;
}

async function fetched(seq: number, file: string): Promise<Response> {
	const answer = await fetch(`/portal/draws/${seq}/${file}`);
	if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
	return answer;
}

/** @throws when a file cannot be fetched or read */
export async function checkDraw({ seq, commitment, sealed, open, publicFrame }: Published): Promise<Check[]> {
	const plan = (await (await fetched(seq, 'plan.json')).json()) as SealedPlan;
	const checks: Check[] = [{ name: 'plan', ok: commitmentOf(plan) === commitment }];
	if (!open || !sealed) return checks;
	const manifest = (await (await fetched(seq, 'manifest.json')).json()) as Manifest;
	const { entropy } = manifest;
	checks.push(
		{ name: 'nonce', ok: entropy !== null && nonceCommitOf(entropy.nonce) === plan.nonceCommit },
		{ name: 'seed', ok: entropy !== null && seedOf(commitment, entropy) === manifest.seed },
		{ name: 'manifest', ok: manifestHashOf(manifest) === sealed.manifestHash },
		{ name: 'root', ok: selectedRootOf(manifest) === sealed.selectedRoot }
	);
	if (publicFrame)
		checks.push({ name: 'draw', ok: await recomputed(seq, manifest, commitment, sealed.manifestHash) });
	return checks;
}

async function recomputed(seq: number, manifest: Manifest, commitment: string, manifestHash: string) {
	const bytes = async (file: string) => new Uint8Array(await (await fetched(seq, file)).arrayBuffer());
	const frame = parseFrameCsv(await bytes('frame.csv'));
	const excluded = parseExcludedCsv(await bytes('excluded.csv'));
	if (!frame.ok || !excluded.ok) return false;
	return verify({ manifest, frame: frame.frame, excluded: excluded.excluded, commitment, manifestHash }).ok;
}
