// 复查: the crew that found something is asked to see whether it was put right; the message goes to their phones.
import { append } from '../ledger';
import type { FieldActing } from './device';

export async function askAgain(
	{ db, county, actor, at }: FieldActing,
	{ result, number }: { result: number; number: number }
): Promise<{ ok: true } | { ok: false; reason: 'no_result' | 'no_crew' | 'number' }> {
	return db.transaction().execute(async (trx) => {
		const order = await trx
			.selectFrom('app.result as r')
			.innerJoin('app.result_finding as f', (join) =>
				join.onRef('f.county', '=', 'r.county').onRef('f.result', '=', 'r.id')
			)
			.where('r.county', '=', county)
			.where('r.id', '=', result)
			.where('f.number', '=', number)
			.where('f.measure', '=', 'ordered')
			.select(['r.record', 'r.target', 'f.text', 'f.rectified_at'])
			.executeTakeFirst();
		if (!order) return { ok: false, reason: 'no_result' } as const;
		if (order.rectified_at) return { ok: false, reason: 'number' } as const;
		const pack = await trx
			.selectFrom('app.field_record as r')
			.innerJoin('app.field_pack as p', (join) =>
				join.onRef('p.county', '=', 'r.county').onRef('p.hash', '=', 'r.pack')
			)
			.where('r.county', '=', county)
			.where('r.stop', '=', order.record ?? '')
			.select(['p.crew', 'p.route', 'p.hash'])
			.select((of) => of.cast<string>('p.day', 'text').as('day'))
			.executeTakeFirst();
		if (!pack) return { ok: false, reason: 'no_crew' } as const;
		const { crew, route, day, hash } = pack;
		await trx
			.insertInto('app.field_message')
			.values(
				crew.map((inspector) => ({
					...{ county, inspector, at, kind: 'rectification', route, day, hash, stop: order.record },
					text: `${order.target}：${order.text}`
				}))
			)
			.execute();
		const entry = { type: 'field.asked_again', at: at.toISOString(), actor };
		await append(trx, county, { ...entry, result, number, stop: order.record });
		return { ok: true } as const;
	});
}
