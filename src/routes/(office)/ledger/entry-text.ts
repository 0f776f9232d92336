// Entries of the ledger as sentences. A type nobody put into words here is shown as it is.
import { m } from '$lib/i18n/paraglide/messages';
import type { Json } from '$lib/core/bytes/canonical';
import { roles, type Role } from '$lib/schema/account';
import type { AccountName, LedgerRow } from '$lib/server/ledger-reading';
import { eventText, roleText, rolesText } from '$lib/ui/account-text';
import { substitutionReasonText } from '../draws/[id]/ceremony/ceremony-text';
import { kindText } from '../plans/plan-text';
import { creditTypeWords, creditWords } from './credit-words';
import { crewTypeWords, crewWords } from './crew-words';
import { fieldWords } from './field-words';
import { resultWords } from './result-words';

type Names = ReadonlyMap<string, AccountName>;
type Detail = Record<string, Json>;

const text = (value: Json | undefined): string =>
	typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '—';
/** A hash to be recognised by; the whole is in the entry. */
const short = (value: Json | undefined): string =>
	typeof value === 'string' && value.length > 16 ? `${value.slice(0, 12)}…` : text(value);
const many = (value: Json | undefined) => (Array.isArray(value) ? value.length : 0);
const isRole = (value: Json | undefined): value is Role => roles.includes(value as Role);
const role = (value: Json | undefined) =>
	value === 'operator' ? m.ledger_operator() : isRole(value) ? roleText(value) : text(value);
const kind = (value: Json | undefined) =>
	value === 'mining_right' || value === 'land_parcel' ? kindText(value) : text(value);

/** A person by name and user name, else the id or what stands for one. */
export function whoText(id: string, names: Names): string {
	const known = names.get(id);
	if (known) return m.ledger_person({ name: known.name, username: known.username });
	return id === 'operator' ? m.ledger_operator_line() : id === 'demo' ? m.ledger_demo() : id;
}

const words: Record<string, (detail: Detail) => string> = {
	'demo.loaded': ({ targets }) => m.ledger_demo_loaded({ targets: text(targets) }),
	'county.registered': ({ name, county, epsg }) =>
		m.setup_entry_county({ name: text(name), code: text(county), epsg: text(epsg) }),
	'county.trial_ended': () => m.setup_entry_trial_ended(),
	'division.saved': ({ divisions }) => m.setup_entry_divisions({ count: many(divisions) }),
	'office.saved': ({ name }) => m.setup_entry_office({ name: text(name) }),
	'calendar.saved': ({ year }) => m.setup_entry_calendar({ year: text(year) }),
	'rule.saved': ({ from, rules }) => m.setup_entry_rules({ from: text(from), count: many(rules) }),
	'plan.created': ({ name, kind: of }) => m.ledger_plan_created({ name: text(name), kind: kind(of) }),
	'annual.created': ({ year }) => m.annual_ledger_created({ year: text(year) }),
	'annual.task_saved': ({ year, title }) =>
		m.annual_ledger_task_saved({ year: text(year), title: text(title) }),
	'annual.task_removed': ({ year, task }) =>
		m.annual_ledger_task_removed({ year: text(year), task: text(task) }),
	'annual.submitted': ({ year }) => m.annual_ledger_submitted({ year: text(year) }),
	'annual.approved': ({ year }) => m.annual_ledger_approved({ year: text(year) }),
	'annual.returned': ({ year, reason }) =>
		m.annual_ledger_returned({ year: text(year), reason: text(reason) }),
	'annual.reopened': ({ year, reason }) =>
		m.annual_ledger_reopened({ year: text(year), reason: text(reason) }),
	'annual.published': ({ year, filingNumber }) =>
		m.annual_ledger_published({ year: text(year), number: text(filingNumber) }),
	'annual.planned': ({ year, task, batch }) =>
		m.annual_ledger_planned({ year: text(year), task: text(task), batch: text(batch) }),
	'annual.step_added': ({ unit, step }) => m.annual_ledger_step_added({ unit: text(unit), step: text(step) }),
	'annual.step_removed': ({ number }) => m.annual_ledger_step_removed({ number: text(number) }),
	'annual.step_done': ({ number }) => m.annual_ledger_step_done({ number: text(number) }),
	'demo.annual': ({ tasks, targeted }) =>
		m.annual_ledger_demo({ tasks: text(tasks), targeted: text(targeted) }),
	'targeted.registered': ({ id, matter }) => m.annual_ledger_targeted({ id: text(id), matter: text(matter) }),
	'targeted.checked': ({ id, outcome }) =>
		m.annual_ledger_targeted_checked({ id: text(id), outcome: text(outcome) }),
	'import.committed': ({ import: id, added, changed, refused }) =>
		m.ledger_import_committed({
			...{ import: text(id), added: text(added), changed: text(changed), refused: text(refused) }
		}),
	'import.undone': ({ import: id, reason }) =>
		m.directory_entry_undone({ import: text(id), reason: text(reason) }),
	'directory.changed': ({ import: id, codes, note }) =>
		m.directory_entry_changed({ import: text(id), count: many(codes), note: text(note) }),
	'directory.exported': ({ list, rows, format }) =>
		m.directory_entry_exported({ list: text(list), rows: text(rows), format: text(format) }),
	'draw.superior': ({ draw, body, document }) =>
		m.ledger_draw_superior({ draw: text(draw), body: text(body), document: text(document) }),
	'draw.frozen': ({ draw, level }) => m.ledger_draw_frozen({ draw: text(draw), level: text(level) }),
	'draw.announced': ({ draw, seq, commitment }) =>
		m.ledger_draw_announced({ draw: text(draw), seq: text(seq), commitment: short(commitment) }),
	'draw.digits_hashed': ({ draw, place }) =>
		m.ledger_draw_digits_hashed({ draw: text(draw), place: text(place) }),
	'draw.digits': ({ draw, place, digits, paper }) =>
		(paper === true ? m.ledger_draw_digits_paper : m.ledger_draw_digits)({
			...{ draw: text(draw), place: text(place), digits: text(digits) }
		}),
	'draw.paper_recorded': ({ draw, number, reason }) =>
		m.ledger_draw_paper_recorded({ draw: text(draw), number: text(number), reason: text(reason) }),
	'draw.locked': ({ draw }) => m.ledger_draw_locked({ draw: text(draw) }),
	'draw.beacon': ({ draw, source }) => m.ledger_draw_beacon({ draw: text(draw), source: text(source) }),
	'draw.drawn': ({ draw, manifestHash }) =>
		m.ledger_draw_drawn({ draw: text(draw), hash: short(manifestHash) }),
	'draw.signed': ({ draw, role: as }) => m.ledger_draw_signed({ draw: text(draw), role: role(as) }),
	'draw.objection': ({ draw, statement }) =>
		m.ledger_draw_objection({ draw: text(draw), statement: text(statement) }),
	'draw.revealed': ({ draw, seed }) => m.ledger_draw_revealed({ draw: text(draw), seed: short(seed) }),
	'draw.aborted': ({ draw, reason }) => m.ledger_draw_aborted({ draw: text(draw), reason: text(reason) }),
	'draw.void_asked': ({ draw, reason }) =>
		m.ledger_draw_void_asked({ draw: text(draw), reason: text(reason) }),
	'draw.void': ({ draw, reason }) => m.ledger_draw_void({ draw: text(draw), reason: text(reason) }),
	'draw.void_refused': ({ draw, reason }) =>
		m.ledger_draw_void_refused({ draw: text(draw), reason: text(reason) }),
	'draw.substitution_asked': ({ draw, failed, substitute, reason }) =>
		m.ledger_draw_substitution_asked({
			...{ draw: text(draw), failed: text(failed), substitute: text(substitute) },
			reason: substitutionReasonText(text(reason))
		}),
	'draw.substitution_approved': ({ draw, serial, rank }) =>
		m.ledger_draw_substitution_approved({ draw: text(draw), serial: text(serial), rank: text(rank) }),
	'draw.substitution_refused': ({ draw, serial, rank }) =>
		m.ledger_draw_substitution_refused({ draw: text(draw), serial: text(serial), rank: text(rank) }),
	...crewWords,
	...fieldWords,
	...resultWords,
	...creditWords,
	'route.planned': ({ series, draw, visits, routes, leftOver }) =>
		m.route_ledger_plan({
			...{ series: text(series), draw: text(draw), visits: text(visits) },
			...{ routes: text(routes), left: text(leftOver) }
		}),
	'route.changed': ({ series, plan, change }) =>
		m.route_ledger_change({ series: text(series), plan: text(plan), change: changeText(text(change)) })
};

const changes: Record<string, () => string> = {
	solved: m.route_change_solved,
	moved: m.route_change_moved,
	locked: m.route_change_locked,
	split: m.route_change_split,
	joined: m.route_change_joined,
	followed: m.route_change_followed,
	undo: m.route_change_undo,
	redo: m.route_change_redo
};
const changeText = (change: string) => (Object.hasOwn(changes, change) ? changes[change]!() : change);

/** Types of the filter, draws first; those of results are asked for together. */
export const knownTypes = [
	...Object.keys(words).filter((type) => type !== 'demo.loaded' && !type.startsWith('result.')),
	'demo.loaded'
];

/** What happened, in a sentence; who asked for it where somebody else decided. */
export function entryText({ type, entry }: LedgerRow, names: Names): string {
	if (!entry) return m.ledger_spoiled();
	if (type.startsWith('account.') && typeof entry.account === 'string') {
		const event = eventText(type);
		if (event === type) return type;
		const of = Array.isArray(entry.roles) ? rolesText(entry.roles.filter(isRole)) : '';
		return m.ledger_account({
			event,
			who: whoText(entry.account, names),
			roles: of && m.ledger_account_roles({ roles: of })
		});
	}
	const word = Object.hasOwn(words, type) ? words[type] : undefined;
	if (!word) return type;
	const asked = typeof entry.askedBy === 'string' && type !== 'draw.aborted' ? entry.askedBy : null;
	return word(entry) + (asked === null ? '' : m.ledger_asked_by({ who: whoText(asked, names) }));
}

const typeWords: Record<string, () => string> = {
	'draw.': m.ledger_type_draw,
	'account.': m.ledger_type_account,
	'plan.': m.ledger_type_plan,
	'import.': m.ledger_type_import,
	'route.': m.route_ledger_type,
	...crewTypeWords,
	'field.': m.field_ledger_type,
	'result.': m.result_ledger_type,
	'appeal.answered': m.result_ledger_type_appeal,
	'case.exported': m.result_exchange,
	...creditTypeWords,
	'route.planned': m.route_ledger_planned,
	'route.changed': m.route_ledger_changed,
	'demo.loaded': m.ledger_type_demo_loaded,
	'training.begun': m.training_banner,
	'county.registered': m.setup_type_county,
	'county.trial_ended': m.setup_type_trial_ended,
	'division.saved': m.setup_type_divisions,
	'office.saved': m.setup_type_office,
	'calendar.saved': m.setup_type_calendar,
	'rule.saved': m.setup_type_rules,
	'plan.created': m.ledger_type_plan_created,
	'import.committed': m.ledger_type_import_committed,
	'import.undone': m.directory_type_undone,
	'directory.changed': m.directory_type_changed,
	'directory.exported': m.directory_type_exported,
	'draw.superior': m.ledger_type_draw_superior,
	'draw.frozen': m.ledger_type_draw_frozen,
	'draw.announced': m.ledger_type_draw_announced,
	'draw.digits_hashed': m.ledger_type_draw_digits_hashed,
	'draw.digits': m.ledger_type_draw_digits,
	'draw.paper_recorded': m.ledger_type_draw_paper_recorded,
	'draw.locked': m.ledger_type_draw_locked,
	'draw.beacon': m.ledger_type_draw_beacon,
	'draw.drawn': m.ledger_type_draw_drawn,
	'draw.signed': m.ledger_type_draw_signed,
	'draw.objection': m.ledger_type_draw_objection,
	'draw.revealed': m.ledger_type_draw_revealed,
	'draw.aborted': m.ledger_type_draw_aborted,
	'draw.void_asked': m.ledger_type_draw_void_asked,
	'draw.void': m.ledger_type_draw_void,
	'draw.void_refused': m.ledger_type_draw_void_refused,
	'draw.substitution_asked': m.ledger_type_draw_substitution_asked,
	'draw.substitution_approved': m.ledger_type_draw_substitution_approved,
	'draw.substitution_refused': m.ledger_type_draw_substitution_refused
};

/** A type's name in the filter. */
export const typeText = (type: string) =>
	Object.hasOwn(typeWords, type) ? typeWords[type]!() : eventText(type);
