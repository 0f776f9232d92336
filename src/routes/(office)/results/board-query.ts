// What the board is asked, from its address; what is none of the choices is left out.
import { outcomes } from '$lib/core/posting/state';
import { may, type Permission } from '$lib/server/access';
import type { BoardQuery } from '$lib/server/result/board';
import { waitings, type Waits } from '$lib/server/result/row';
import type { Visitor } from '$lib/server/session';

const takes: Record<(typeof waitings)[number], readonly Permission[]> = {
	approve: ['result_approve'],
	post: ['publish'],
	withdraw: ['publish'],
	refer: ['refer_carry', 'approve'],
	penalty: ['penalty_draft', 'penalty_review', 'approve', 'publish'],
	rectify: ['result_record'],
	close: ['result_approve']
};

/** The steps a visitor may take. */
export const ownSteps = (user: Visitor | null): Waits[] =>
	waitings.filter((waits) => user !== null && takes[waits].some((one) => may(user, one)));

export function boardQuery(url: URL, user: Visitor | null): BoardQuery & { shown: string } {
	const asked = (name: string) => (url.searchParams.get(name) ?? '').trim().slice(0, 100);
	const shown = asked('waits');
	const one = waitings.find((waits) => waits === shown);
	return {
		shown: one ?? (shown === 'mine' || shown === 'all' ? shown : ''),
		waits: one ? [one] : shown === 'mine' ? ownSteps(user) : shown === 'all' ? 'all' : null,
		office: asked('office'),
		outcome: outcomes.find((outcome) => outcome === asked('outcome')) ?? '',
		search: asked('q'),
		page: Math.trunc(Number(asked('page'))) || 1
	};
}
