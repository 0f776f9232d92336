// For whom somebody may say that an inspector is away or recused: the planner and the directory's keeper for everybody, the
// head by an order, an office and its people for their own. The row policies say the same.
import type { RecusalWay } from '../../schema/crew-draw';
import { may } from '../access';
import type { Visitor } from '../session';

/** null: for everybody; else the code of their office, '' for none. */
export const speaksFor = (user: Visitor | null): string | null =>
	user && (may(user, 'plan') || may(user, 'setup') || may(user, 'approve')) ? null : (user?.office ?? '');

export const waysOf = (user: Visitor | null): RecusalWay[] =>
	user === null || !may(user, 'recusal') ? [] : may(user, 'approve') ? ['ordered'] : ['declared', 'applied'];
