import { error } from '@sveltejs/kit';
import type { Letter } from '$lib/schema/letter';
import { referralLetter } from '$lib/server/document/referral-letter';
import { readResult } from '$lib/server/result/reading';

/** The letter of a referral of a result; 404 where there is none. */
export async function letterOf(
	{ db, county }: Pick<App.Locals, 'db' | 'county'>,
	params: { id: string; referral: string }
): Promise<Letter> {
	const at = new Date();
	const id = /^[1-9][0-9]{0,8}$/.test(params.id) ? Number(params.id) : 0;
	const result = await readResult(db, county.code, id, at);
	const referral = result?.referrals.find((one) => String(one.id) === params.referral);
	if (!result || !referral) error(404, 'no such referral');
	return referralLetter(db, county, result, referral, at);
}
