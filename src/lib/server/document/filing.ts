// 书面备案: the report of one draw that the bureau files as it is, with its annexes, in the layout of 公文.
import type { DrawnFacts } from '../../schema/filing';
import { filingAnnexes } from './filing-annexes';
import { filingLetter } from './filing-text';
import { paper } from './layout';
import { letter } from './letter';

export function filingDocument(facts: DrawnFacts): Promise<Buffer> {
	const head = filingLetter(facts);
	return paper({ ...head, creator: facts.bureau }, [
		[...letter(head, facts.portal), ...filingAnnexes(facts)]
	]);
}
