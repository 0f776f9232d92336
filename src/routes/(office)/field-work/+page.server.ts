import { may } from '$lib/server/access';
import { readBoard, type Scope } from '$lib/server/field/board';
import { inspectorOf } from '$lib/server/field/device';
import { filtered, filterOf } from './board-filter';
import type { PageServerLoad } from './$types';

/** Which routes the visitor sees; null: none. The row policies say the same of records. */
async function scopeOf({ db, county, user }: App.Locals): Promise<Scope | null> {
	const is = (...roles: string[]) => user?.roles.some((role) => roles.includes(role));
	if (!user) return null;
	if (is('planner', 'leader', 'legal_reviewer')) return { all: true };
	if (is('office_head') && user.office) return { office: user.office };
	const inspector = is('inspector') ? await inspectorOf(db, county.code, user.id) : undefined;
	return inspector ? { inspector: inspector.code } : null;
}

export const load: PageServerLoad = async ({ url, locals }) => {
	const { db, county, user } = locals;
	const scope = await scopeOf(locals);
	const at = new Date();
	const board = scope ? await readBoard(db, county.code, scope, at) : [];
	const filter = filterOf(url.searchParams);
	const mayDo = (permission: Parameters<typeof may>[1]) => user !== null && may(user, permission);
	return {
		...{ sees: scope !== null, any: board.length > 0, filter, ...filtered(board, filter, at) },
		...{
			mayRescue: mayDo('field_rescue'),
			mayRecord: mayDo('result_record'),
			mayDevices: mayDo('field_devices')
		}
	};
};
