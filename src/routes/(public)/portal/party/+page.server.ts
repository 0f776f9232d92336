import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { appealForm, formOf, recusalForm } from '$lib/schema/portal';
import { applyForRecusal, fileAppeal, partyPage } from '$lib/server/portal/party';
import { enterParty, passedWord } from '$lib/server/result/party-word';
import type { Actions, PageServerLoad } from './$types';

export const csr = false;

const COOKIE = 'fairlot.party';
const door = ({ locals }: { locals: App.Locals }) => ({
	...{ db: locals.accounts, county: locals.county.code, secret: locals.keys.secret }
});

export const load: PageServerLoad = async ({ locals, cookies, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const at = new Date();
	const visit = await passedWord(door({ locals }), cookies.get(COOKIE), at);
	if (!visit) return { visit: null };
	const { id: _, ...shown } = visit;
	return { visit: shown, ...(await partyPage({ ...door({ locals }), at }, locals.portal, visit.party)) };
};

const refused = (form: string, wrong: Record<string, string>, given: Record<string, string> = {}) =>
	fail(400, { form, wrong, given, until: null, done: null });

/** A step of whoever has entered; anybody else is led to the way in. */
async function filing(event: RequestEvent) {
	const at = new Date();
	const visit = await passedWord(door(event), event.cookies.get(COOKIE), at);
	if (!visit) redirect(303, '/portal/party');
	return { visit, acting: { ...door(event), at }, data: await event.request.formData() };
}

export const actions: Actions = {
	enter: async (event) => {
		const data = await event.request.formData();
		const [party, word] = ['party', 'word'].map((name) => String(data.get(name) ?? '')) as [string, string];
		const entered = await enterParty(
			door(event),
			{ party, word, address: event.getClientAddress() },
			new Date()
		);
		if (!entered.ok) {
			const until = entered.reason === 'locked' ? entered.until : null;
			return fail(entered.reason === 'locked' ? 429 : 400, {
				...{ form: 'enter', wrong: { word: entered.reason } as Record<string, string>, given: { party } },
				...{ until, done: null }
			});
		}
		const secure = event.url.protocol === 'https:';
		const cookie = {
			path: '/portal/party',
			httpOnly: true,
			sameSite: 'strict',
			secure,
			maxAge: 1800
		} as const;
		event.cookies.set(COOKIE, entered.pass, cookie);
		redirect(303, '/portal/party');
	},
	leave: async ({ cookies }) => {
		cookies.delete(COOKIE, { path: '/portal/party' });
		redirect(303, '/portal/party');
	},
	appeal: async (event) => {
		const { visit, acting, data } = await filing(event);
		const form = formOf(appealForm, data);
		if (!form.ok) return refused('appeal', form.wrong, form.given);
		const filed = await fileAppeal(acting, visit, form.output);
		if (!filed.ok) return refused('appeal', { posting: filed.reason }, { statement: form.output.statement });
		return { form: 'appeal', wrong: {}, given: {}, until: null, done: { due: filed.due } };
	},
	recusal: async (event) => {
		const { visit, acting, data } = await filing(event);
		const form = formOf(recusalForm, data);
		if (!form.ok) return refused('recusal', form.wrong, form.given);
		const filed = await applyForRecusal(acting, visit, form.output);
		if (!filed.ok) return refused('recusal', { inspector: filed.reason }, form.output);
		return { form: 'recusal', wrong: {}, given: {}, until: null, done: { due: null } };
	}
};
