// 签字, 异议, 公开: who was there puts their name under the list, or objects in writing; when the batch closes the list opens.
import type { CeremonyRefusal } from '../../schema/ceremony';
import { refused, step, type Acting } from './step';

type Done = { ok: true } | CeremonyRefusal;

/** The acting account signs the list: its operator, or a witness of this draw. */
export const signList = (acting: Acting, id: number): Promise<Done> =>
	step(acting, id, ['drawn', 'revealed'], async ({ trx, tables, draw, witnesses, note }) => {
		const { actor, at, county } = acting;
		const role = witnesses.some(({ account }) => account === actor) ? 'witness' : 'operator';
		const signed = await trx
			.selectFrom(tables.signature)
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.select(['account', 'role'])
			.execute();
		if (signed.some(({ account }) => account === actor)) return refused('already_signed');
		if (role === 'operator' && signed.some((other) => other.role === 'operator'))
			return refused('already_signed');
		const manifestHash = draw.manifest_hash!;
		await trx
			.insertInto(tables.signature)
			.values({ county: county.code, draw: id, account: actor, role, at, manifest_hash: manifestHash })
			.execute();
		await note('signed', { role, manifestHash });
		return { ok: true };
	});

/** A witness's written objection, at any step. It stays; what follows from it is decided by others. */
export const object = (acting: Acting, id: number, statement: string): Promise<Done> =>
	step(
		acting,
		id,
		['frozen', 'announced', 'locked', 'drawn', 'revealed'],
		async ({ trx, tables, witnesses, note }) => {
			const { actor, at, county } = acting;
			if (!witnesses.some(({ account }) => account === actor)) return refused('not_witness');
			await trx
				.insertInto(tables.objection)
				.values({ county: county.code, draw: id, account: actor, at, statement })
				.execute();
			await note('objection', { statement });
			return { ok: true };
		}
	);

/** Opens frame, seed and list to everybody. Everyone who was there has signed or objected by then. */
export const reveal = (acting: Acting, id: number): Promise<Done> =>
	step(acting, id, ['drawn'], async ({ trx, tables, draw, witnesses, note, move }) => {
		const { at, county } = acting;
		const spoke = await trx
			.selectFrom(tables.signature)
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.select(['account', 'role'])
			.execute();
		const objected = await trx
			.selectFrom(tables.objection)
			.where('county', '=', county.code)
			.where('draw', '=', id)
			.select('account')
			.execute();
		const heard = new Set([...spoke, ...objected].map(({ account }) => account));
		if (
			!spoke.some(({ role }) => role === 'operator') ||
			witnesses.some(({ account }) => !heard.has(account))
		)
			return refused('unsigned');
		await move('revealed', { revealed_at: at });
		await note('revealed', {
			commitment: draw.commitment,
			seed: draw.seed,
			manifestHash: draw.manifest_hash
		});
		return { ok: true };
	});
