// Entries about crews by lot, recusals and days away, as sentences.
import type { Json } from '$lib/core/bytes/canonical';
import { m } from '$lib/i18n/paraglide/messages';
import type { RecusalWay } from '$lib/schema/crew-draw';
import { wayText } from '../crews/way-text';

type Detail = Record<string, Json>;
const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '—';
const short = (value: Json | undefined): string => `${text(value).slice(0, 12)}…`;
const one =
	(words: (given: { crew: string }) => string) =>
	({ crew }: Detail) =>
		words({ crew: text(crew) });
const because =
	(words: (given: { crew: string; reason: string }) => string) =>
	({ crew, reason }: Detail) =>
		words({ crew: text(crew), reason: text(reason) });
const seat = ({ crew, route, seat: number }: Detail) => ({
	...{ crew: text(crew), route: text(route), seat: text(number) }
});
const whom = ({ inspector, uscc }: Detail) => ({ inspector: text(inspector), uscc: text(uscc) });

export const crewWords: Record<string, (detail: Detail) => string> = {
	'crew.frozen': ({ crew, series, level }) =>
		m.crew_ledger_frozen({ crew: text(crew), series: text(series), level: text(level) }),
	'crew.announced': ({ crew, commitment }) =>
		m.crew_ledger_announced({ crew: text(crew), commitment: short(commitment) }),
	'crew.digits_hashed': ({ crew, place }) => m.crew_ledger_hashed({ crew: text(crew), place: text(place) }),
	'crew.digits': ({ crew, place, digits }) =>
		m.crew_ledger_digits({ crew: text(crew), place: text(place), digits: text(digits) }),
	'crew.locked': one(m.crew_ledger_locked),
	'crew.beacon': ({ crew, value }) => m.crew_ledger_beacon({ crew: text(crew), value: text(value) }),
	'crew.drawn': ({ crew, ticket, documentHash }) =>
		m.crew_ledger_drawn({
			...{ crew: text(crew), hash: short(documentHash) },
			ticket: typeof ticket === 'number' ? String(ticket + 1) : text(ticket)
		}),
	'crew.signed': one(m.crew_ledger_signed),
	'crew.objection': ({ crew, statement }) =>
		m.crew_ledger_objection({ crew: text(crew), statement: text(statement) }),
	'crew.revealed': one(m.crew_ledger_revealed),
	'crew.aborted': because(m.crew_ledger_aborted),
	'crew.void_asked': because(m.crew_ledger_void_asked),
	'crew.void': because(m.crew_ledger_void),
	'crew.void_refused': one(m.crew_ledger_void_refused),
	'crew.replacement_asked': (detail) => m.crew_ledger_replacement_asked(seat(detail)),
	'crew.replacement_approved': (detail) =>
		m.crew_ledger_replacement_approved({ ...seat(detail), rank: text(detail.rank) }),
	'crew.replacement_refused': (detail) => m.crew_ledger_replacement_refused(seat(detail)),
	'inspector.absence': ({ inspector, from, to, away }) =>
		(away === false ? m.crew_ledger_back : m.crew_ledger_absence)({
			...{ inspector: text(inspector), from: text(from), to: text(to) }
		}),
	'recusal.entered': (detail) =>
		m.crew_ledger_recusal({
			...whom(detail),
			way: wayText[detail.way as RecusalWay]?.() ?? text(detail.way)
		}),
	'recusal.approved': (detail) => m.crew_ledger_recusal_approved(whom(detail)),
	'recusal.refused': (detail) => m.crew_ledger_recusal_refused(whom(detail))
};

/** Types as the filter groups them. */
export const crewTypeWords = {
	'crew.': m.crew_ledger_type,
	'recusal.': m.crew_ledger_recusals,
	'inspector.': m.crew_ledger_recusals
};
