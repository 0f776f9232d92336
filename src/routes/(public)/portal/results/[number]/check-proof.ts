// Checks in the visitor's browser that the target of a posting was drawn, against what its draw had published before.
import { commitmentOf, type SealedPlan } from '$lib/core/draw/plan';
import { checkProof, type DrawnProof } from '$lib/core/posting/proof';

export interface ProofChecks {
	target: boolean;
	path: boolean;
	commitment: boolean;
}

async function fetched<T>(path: string): Promise<T> {
	const answer = await fetch(path);
	if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
	return (await answer.json()) as T;
}

/** drawn: as the page shows it. @throws when a file cannot be fetched or read */
export async function checkPosting(
	number: number,
	code: string,
	drawn: { seq: number; selectedRoot: string; commitment: string }
): Promise<ProofChecks> {
	const { proof } = await fetched<{ proof: DrawnProof }>(`/portal/results/${number}/proof.json`);
	const plan = await fetched<SealedPlan>(`/portal/draws/${drawn.seq}/plan.json`);
	const commitment = commitmentOf(plan) === drawn.commitment && proof.commitment === drawn.commitment;
	return { ...checkProof(proof, code, drawn.selectedRoot), commitment };
}
