// Who may do what: one table of permissions by role, one of every route's methods and form actions. What is not in the
// second table is refused; a test walks src/routes and fails when an entry is missing. Decided before any load or action.
import type { Role } from '../schema/account';
import { secondFactorRoles } from '../schema/account';
import type { RefusalReason } from './refusal';
import type { Visitor } from './session';

const readers = [
	'system_admin',
	'planner',
	'witness',
	'leader',
	'office_head',
	'inspector',
	'legal_reviewer',
	'publisher'
] as const satisfies readonly Role[];

export const permissions = {
	/** Map, directories, plans, draws. */
	read: readers,
	/** To keep a view of the directories under one's own name: whoever reads them and has a name. */
	view_keep: readers,
	plan: ['planner'],
	draw: ['planner'],
	/** To make and change day routes. */
	route: ['planner'],
	/** To give digits, enter the public value, object. */
	witness: ['witness'],
	/** To sign a list: who was there. */
	attend: ['planner', 'witness'],
	/** To decide what somebody else has asked for. */
	approve: ['leader'],
	substitute_ask: ['planner', 'office_head', 'inspector'],
	substitute_approve: ['leader', 'office_head'],
	/** To say that a step one answers for is done. */
	answer: ['planner', 'leader', 'office_head'],
	/** Targeted checks: complaint, report, referral, monitoring. */
	targeted: ['planner', 'office_head'],
	/** When an inspector cannot go: the planner for all, an office and its people for their own. */
	roster: ['planner', 'system_admin', 'office_head', 'inspector'],
	/** 回避: declared, applied for, ordered. */
	recusal: ['planner', 'office_head', 'inspector', 'leader'],
	/** To ask for somebody in the place of an inspector who cannot go. */
	replace: ['planner', 'office_head'],
	import: ['system_admin'],
	/** Certificates, names and reasons of inspectors in full. */
	personal: ['system_admin', 'planner', 'leader', 'office_head', 'legal_reviewer'],
	/** To carry a route along and to write down what is found. */
	field: ['inspector'],
	/** To look at records, accept them or return them. */
	field_review: ['planner', 'office_head', 'legal_reviewer'],
	/** To hand in what a phone could not bring. */
	field_rescue: ['planner', 'office_head'],
	/** To see which phones are enrolled and revoke a lost one; an inspector one's own. */
	field_devices: ['planner', 'office_head', 'inspector', 'security_admin'],
	/** To write down what was found, and that an order was carried out. */
	result_record: ['planner', 'office_head', 'inspector'],
	/** To approve what somebody else recorded, to give it back, to close it. */
	result_approve: ['leader', 'office_head'],
	/** To put results and penalties on the portal, and to take them off it. */
	publish: ['publisher'],
	/** To say that what is public has to be taken off. */
	withdrawal_ask: ['leader', 'legal_reviewer', 'office_head'],
	/** 移送: proposed here, decided by a leader, carried to the other body and back. */
	refer: ['planner', 'office_head', 'inspector', 'legal_reviewer'],
	refer_carry: ['planner', 'office_head', 'legal_reviewer'],
	/** 行政处罚: drafted, reviewed by law, decided by a leader, published. */
	penalty_draft: ['planner', 'office_head'],
	penalty_review: ['legal_reviewer'],
	penalty_drop: ['legal_reviewer', 'leader'],
	/** To hand cases to the law-enforcement platform, and to take in what it answers. */
	case_exchange: ['planner'],
	/** To give a party the word for its own page of the portal. */
	word_issue: ['planner', 'office_head'],
	/** To answer what a party says against a posting. */
	appeal_answer: ['legal_reviewer', 'leader'],
	/** Who did what when, and its proofs. */
	ledger_read: ['audit_admin', 'planner', 'leader', 'witness', 'system_admin', 'legal_reviewer'],
	/** To take over what a cosigner signed elsewhere. */
	audit: ['audit_admin'],
	accounts_read: ['security_admin', 'audit_admin'],
	accounts_change: ['security_admin'],
	/** County, divisions, offices, working days, rules. */
	setup: ['system_admin']
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** Held as the head of an office and by no other role: then it is for what lies in that office's townships. */
export const asHead = ({ roles }: Visitor, permission: Permission): boolean =>
	roles.includes('office_head') &&
	!roles.some(
		(role) => role !== 'office_head' && (permissions[permission] as readonly Role[]).includes(role)
	);

/** The office that a head is bound to in it, '' for none; null: not bound. */
export const boundTo = (user: Visitor | null, permission: Permission): string | null =>
	user && asHead(user, permission) ? (user.office ?? '') : null;

/** What a visitor without account may do on the embedded database of demonstration mode. */
export const guestPermissions: readonly Permission[] = ['read'];

/** public: anyone; session: whoever is signed in, even half-way; account: one's own account; else a permission. */
export type Access = 'public' | 'session' | 'account' | Permission;

export interface RouteAccess {
	GET?: Access;
	POST?: Access;
	PUT?: Access;
	PATCH?: Access;
	DELETE?: Access;
	actions?: Record<string, Access>;
}

/** The steps of a ceremony, whatever it draws. */
const ceremonySteps = {
	announce: 'draw',
	hash: 'witness',
	digits: 'witness',
	beacon: 'witness',
	draw: 'draw',
	sign: 'attend',
	object: 'witness',
	reveal: 'draw',
	abort: 'draw',
	askVoid: 'draw',
	decideVoid: 'approve'
} as const;

export const routes: Record<string, RouteAccess> = {
	'/': { GET: 'public' },
	'/healthz': { GET: 'public' },
	'/(public)/sign-in': {
		GET: 'public',
		actions: { password: 'public', code: 'public', demo: 'public', oidc: 'public' }
	},
	'/(public)/sign-in/return': { GET: 'public' },
	'/(public)/sign-out': { POST: 'session' },
	'/(public)/portal': { GET: 'public' },
	'/(public)/portal/results': { GET: 'public' },
	'/(public)/portal/results/[number]': { GET: 'public' },
	'/(public)/portal/results/[number]/[file]': { GET: 'public' },
	'/(public)/portal/targets/[code]': { GET: 'public' },
	// Whoever holds the QR of a stop, on its day.
	'/(public)/portal/certificates/[token]': { GET: 'public' },
	'/(public)/portal/items': { GET: 'public' },
	'/(public)/portal/map': { GET: 'public' },
	'/(public)/portal/data': { GET: 'public' },
	'/(public)/portal/data/[file]': { GET: 'public' },
	'/(public)/portal/feed.atom': { GET: 'public' },
	'/(public)/portal/feed.json': { GET: 'public' },
	'/(public)/portal/report': { GET: 'public', actions: { default: 'public' } },
	// Whoever holds the word on a notice.
	'/(public)/portal/party': {
		GET: 'public',
		actions: { enter: 'public', leave: 'public', appeal: 'public', recusal: 'public' }
	},
	'/(public)/portal/plan': { GET: 'public' },
	'/(public)/portal/draws': { GET: 'public' },
	'/(public)/portal/draws/[seq]': { GET: 'public' },
	'/(public)/portal/draws/[seq]/[file]': { GET: 'public' },
	'/(public)/portal/crews/[seq]': { GET: 'public' },
	'/(public)/portal/crews/[seq]/[file]': { GET: 'public' },
	'/(office)/account': {
		GET: 'account',
		actions: {
			password: 'account',
			enrol: 'account',
			verify: 'account',
			disable: 'account',
			revoke: 'account'
		}
	},
	'/(office)/account/confirm': { GET: 'session', actions: { default: 'session' } },
	'/(office)/admin/accounts': {
		GET: 'accounts_read',
		actions: {
			create: 'accounts_change',
			change: 'accounts_change',
			disable: 'accounts_change',
			enable: 'accounts_change',
			password: 'accounts_change',
			factor: 'accounts_change',
			revoke: 'accounts_change'
		}
	},

	'/(office)/setup': {
		GET: 'setup',
		actions: {
			county: 'setup',
			divisions: 'setup',
			office: 'setup',
			calendar: 'setup',
			rules: 'setup',
			leave: 'setup'
		}
	},

	'/(office)/rules': { GET: 'read', actions: { rules: 'setup', calendar: 'setup' } },
	// Whoever asks sees what their roles may; without an account only what the portal shows.
	'/ogc': { GET: 'public' },
	'/ogc/api': { GET: 'public' },
	'/ogc/conformance': { GET: 'public' },
	'/ogc/collections': { GET: 'public' },
	'/ogc/collections/[id]': { GET: 'public' },
	'/ogc/collections/[id]/items': { GET: 'public' },
	'/ogc/collections/[id]/items/[code]': { GET: 'public' },

	'/(office)/map': { GET: 'read' },
	'/(office)/map/cells': { GET: 'read' },
	'/(office)/map/drawn/[draw]': { GET: 'read' },
	'/(office)/map/labels': { GET: 'read' },
	'/(office)/map/party/[uscc]': { GET: 'read' },
	'/(office)/map/points': { GET: 'read' },
	'/(office)/map/selection': { GET: 'read' },
	'/(office)/map/target/[code]': { GET: 'read' },
	'/api/search': { GET: 'read' },
	'/tiles/[layer].json': { GET: 'read' },
	'/tiles/[layer]/[z]/[x]/[y].mvt': { GET: 'read' },
	'/tiles/tianditu/[layer]/[z]/[x]/[y]': { GET: 'read' },

	'/(office)/registry': {
		GET: 'read',
		actions: { change: 'import', saveView: 'view_keep', removeView: 'view_keep' }
	},
	'/(office)/registry/[list]/[code]': { GET: 'read', actions: { change: 'import' } },
	'/(office)/registry/export/[file]': { GET: 'read' },
	'/(office)/registry/reports': { GET: 'read' },
	'/(office)/registry/reports/reports.xlsx': { GET: 'read' },
	'/(office)/registry/imports': { GET: 'read', actions: { undo: 'import' } },
	'/(office)/registry/import': { GET: 'import' },
	'/(office)/registry/import/items': { GET: 'import' },
	'/(office)/registry/import/task': { POST: 'import' },
	'/(office)/registry/import/task/[token]': { GET: 'import', POST: 'import', DELETE: 'import' },
	'/(office)/registry/import/task/[token]/inspection': { POST: 'import' },
	'/(office)/registry/import/task/[token]/[file]': { GET: 'import', PUT: 'import' },

	'/(office)/annual': { GET: 'read' },
	'/(office)/annual/[year]': {
		GET: 'read',
		actions: {
			create: 'plan',
			submit: 'plan',
			approve: 'approve',
			giveBack: 'approve',
			reopen: 'plan',
			publish: 'plan',
			removeTask: 'plan',
			addStep: 'plan',
			removeStep: 'plan',
			markDone: 'answer',
			makePlan: 'plan'
		}
	},
	'/(office)/annual/[year]/tasks/[task]': { GET: 'plan', actions: { default: 'plan' } },
	'/(office)/annual/[year]/print': { GET: 'read' },
	'/(office)/annual/[year]/leaflet': { GET: 'read' },
	'/(office)/training': { GET: 'read' },
	'/(office)/annual/[year]/[file]': { GET: 'read' },
	'/(office)/annual/targeted': { GET: 'read', actions: { register: 'targeted', close: 'targeted' } },
	'/(office)/annual/burden': { GET: 'read' },
	'/(office)/annual/burden/burden.xlsx': { GET: 'read' },
	'/(office)/annual/burden/[uscc]': { GET: 'read' },
	'/(office)/plans': { GET: 'read' },
	'/(office)/plans/new': { GET: 'plan', actions: { default: 'plan' } },
	'/(office)/plans/preview': { POST: 'read' },
	'/(office)/plans/simulate': { GET: 'read' },
	'/(office)/plans/simulate/run': { POST: 'read' },
	'/(office)/plans/[id]': { GET: 'read' },
	'/(office)/plans/[id]/draw': { GET: 'draw', actions: { default: 'draw' } },
	'/(office)/plans/[id]/draw/run': { POST: 'draw' },
	'/(office)/plans/[id]/ceremony': { GET: 'draw', actions: { default: 'draw' } },
	'/(office)/draws': { GET: 'read' },
	'/(office)/draws/superior': { GET: 'draw', actions: { default: 'draw' } },
	'/(office)/draws/superior/[id]': { GET: 'read' },
	'/(office)/draws/[id]/ceremony': {
		GET: 'read',
		actions: ceremonySteps
	},
	'/(office)/draws/[id]/ceremony/run': { POST: 'draw' },
	'/(office)/draws/[id]/paper': { GET: 'read', actions: { record: 'draw', confirm: 'witness' } },
	'/(office)/draws/[id]/substitutes': {
		GET: 'read',
		actions: { ask: 'substitute_ask', decide: 'substitute_approve' }
	},
	'/(office)/draws/[id]': { GET: 'read' },
	'/(office)/draws/[id]/[file]': { GET: 'read' },
	'/(office)/draws/[id]/filing': { GET: 'read' },
	'/(office)/draws/[id]/filing/[file]': { GET: 'read' },
	'/(office)/day-routes': { GET: 'read' },
	'/(office)/day-routes/new': { GET: 'route' },
	'/(office)/day-routes/run': { POST: 'route' },
	'/(office)/day-routes/[id]': { GET: 'read' },
	'/(office)/day-routes/[id]/change': { POST: 'route' },
	'/(office)/day-routes/[id]/solve': { POST: 'route' },
	'/(office)/day-routes/[id]/spots': { GET: 'read' },
	'/(office)/day-routes/[id]/[file]': { GET: 'read' },
	'/(office)/day-routes/[id]/[route]/print': { GET: 'read' },
	'/(office)/crews': { GET: 'read' },
	'/(office)/crews/roster': {
		GET: 'read',
		actions: { absence: 'roster', recusal: 'recusal', decide: 'approve' }
	},
	'/(office)/crews/new': { GET: 'draw' },
	'/(office)/crews/run': { POST: 'draw' },
	'/(office)/crews/[id]': {
		GET: 'read',
		actions: {
			...ceremonySteps,
			recusal: 'recusal',
			replace: 'replace',
			decide: 'approve'
		}
	},
	'/(office)/crews/[id]/[file]': { GET: 'read' },
	'/(office)/field-work': { GET: 'read' },
	'/(office)/field-work/[record]': {
		GET: 'read',
		actions: { accept: 'field_review', giveBack: 'field_review' }
	},
	'/(office)/field-work/[record]/print': { GET: 'read' },
	'/(office)/field-work/[record]/archive.zip': { GET: 'read' },
	'/(office)/field-work/photos/[hash]': { GET: 'read' },
	'/(office)/field-work/devices': { GET: 'field_devices', actions: { revoke: 'field_devices' } },
	'/(office)/field-work/rescue': { GET: 'field_rescue', actions: { default: 'field_rescue' } },
	'/(office)/field-work/orders': {
		GET: 'read',
		actions: { rectified: 'result_record', ask: 'field_review' }
	},
	'/(office)/results': { GET: 'read' },
	'/(office)/results/results.xlsx': { GET: 'read' },
	'/(office)/results/several': {
		GET: 'read',
		actions: { approve: 'result_approve', post: 'publish', close: 'result_approve' }
	},
	'/(office)/results/new': { GET: 'result_record', actions: { default: 'result_record' } },
	'/(office)/results/[id]': {
		GET: 'read',
		actions: {
			approve: 'result_approve',
			giveBack: 'result_approve',
			publish: 'publish',
			askWithdrawal: 'withdrawal_ask',
			withdraw: 'publish',
			rectify: 'result_record',
			close: 'result_approve',
			draftPenalty: 'penalty_draft',
			reviewPenalty: 'penalty_review',
			decidePenalty: 'approve',
			postPenalty: 'publish',
			repairPenalty: 'publish',
			askPenaltyWithdrawal: 'withdrawal_ask',
			withdrawPenalty: 'publish',
			dropPenalty: 'penalty_drop',
			propose: 'refer',
			decideReferral: 'approve',
			carryReferral: 'refer_carry'
		}
	},
	'/(office)/results/[id]/letter/[referral]': { GET: 'read' },
	'/(office)/results/[id]/letter/[referral]/[file]': { GET: 'read' },
	'/(office)/results/exchange': { GET: 'read', actions: { default: 'case_exchange' } },
	'/(office)/results/exchange/cases.zip': { POST: 'case_exchange' },
	'/(office)/results/appeals': { GET: 'read', actions: { answer: 'appeal_answer' } },
	'/(office)/results/report': { GET: 'read' },
	'/(office)/results/report/[file]': { GET: 'read' },
	'/(office)/credit': { GET: 'read', actions: { retry: 'publish' } },
	'/(office)/credit/[id]': { GET: 'read', actions: { retry: 'publish', correct: 'publish' } },
	'/(office)/credit/penalties.xlsx': { GET: 'read' },
	'/(office)/credit/received': { GET: 'read' },
	'/(office)/credit/reconciliation': { GET: 'read', actions: { default: 'publish' } },
	'/(office)/credit/standing': { GET: 'read', actions: { default: 'import' } },
	'/(office)/credit/standing/template.csv': { GET: 'read' },
	// Empty shells: what fills them is on the device, or asked for below.
	'/(field)/field': { GET: 'public' },
	'/(field)/field/[route]': { GET: 'public' },
	'/(field)/field/[route]/[stop]': { GET: 'public' },
	'/(field)/field/device': { POST: 'field' },
	'/(field)/field/packs': { GET: 'field' },
	'/(field)/field/packs/[hash]': { GET: 'field' },
	'/(field)/field/sync': { POST: 'field' },
	'/(field)/field/events': { GET: 'field' },
	'/(field)/field/photos/[hash]': { GET: 'field', PUT: 'field' },
	'/(office)/results/[id]/word': { GET: 'word_issue', actions: { default: 'word_issue' } },
	'/(office)/coverage': { GET: 'read' },
	'/(office)/coverage/table': { GET: 'read' },
	'/(office)/coverage/coverage.xlsx': { GET: 'read' },
	'/(office)/coverage/print': { GET: 'read' },
	'/(office)/coverage/audit': { GET: 'read' },
	'/(office)/ledger': { GET: 'ledger_read', actions: { cosign: 'audit' } },
	'/(office)/ledger/check': { POST: 'ledger_read' },
	'/(office)/ledger/checkpoint.txt': { GET: 'ledger_read' },
	'/(office)/ledger/entries.csv': { GET: 'ledger_read' },
	'/(office)/ledger/[seq]/proof.json': { GET: 'ledger_read' },
	'/(office)/verify': { GET: 'public' }
};

export interface Asked {
	/** SvelteKit's route id; null: there is no such page. */
	route: string | null;
	method: string;
	/** Name of the form action; null when the request cannot be one. */
	action: string | null;
}

/** guests: reading needs no account; demonstration: the second factor is not asked for. */
export interface Situation {
	guests: boolean;
	demonstration: boolean;
}

export type Verdict = { ok: true } | { ok: false; reason: RefusalReason };

const refused = (reason: RefusalReason): Verdict => ({ ok: false, reason });

/** The entry of a table, and not what every object has (constructor, toString). */
const own = <T>(table: Record<string, T>, key: string): T | undefined =>
	Object.hasOwn(table, key) ? table[key] : undefined;

/** What a request needs; undefined when the table does not list it. */
export function accessTo({ route, method, action }: Asked): Access | undefined {
	const entry = route === null ? undefined : own(routes, route);
	if (!entry) return undefined;
	const { actions, ...methods } = entry;
	if (actions && method === 'POST' && methods.POST === undefined) return own(actions, action ?? 'default');
	return own<Access | undefined>(methods, method === 'HEAD' ? 'GET' : method);
}

export const may = (visitor: Pick<Visitor, 'roles'>, permission: Permission): boolean =>
	visitor.roles.some((role) => (permissions[permission] as readonly Role[]).includes(role));

export function decide(asked: Asked, visitor: Visitor | null, situation: Situation): Verdict {
	if (asked.route === null) return { ok: true };
	const access = accessTo(asked);
	if (access === undefined) return refused('unlisted');
	if (access === 'public') return { ok: true };
	if (!visitor) {
		const guest = situation.guests && (guestPermissions as readonly Access[]).includes(access);
		return guest ? { ok: true } : refused('no_session');
	}
	if (access === 'session') return { ok: true };
	if (visitor.secondFactorEnrolled && !visitor.secondFactorGiven) return refused('second_factor');
	if (access === 'account') return { ok: true };
	if (visitor.mustChangePassword) return refused('password_change');
	if (needsSecondFactor(visitor, situation) && !visitor.secondFactorGiven) return refused('second_factor');
	return may(visitor, access) ? { ok: true } : refused('wrong_role');
}

export const needsSecondFactor = (visitor: Pick<Visitor, 'roles'>, { demonstration }: Situation): boolean =>
	!demonstration && visitor.roles.some((role) => secondFactorRoles.includes(role));

/** Whether there must be a county to work on. */
export const needsCounty = (asked: Asked): boolean => {
	const access = accessTo(asked);
	return (
		access !== undefined && access in permissions && access !== 'setup' && !access.startsWith('accounts_')
	);
};

/** Where a visitor starts: the map, or what their roles are for. */
export function homeOf(visitor: Pick<Visitor, 'roles'> | null): string {
	if (!visitor || may(visitor, 'read')) return '/map';
	return may(visitor, 'accounts_read') ? '/admin/accounts' : '/account';
}

/** A path of this site to return to, whatever the parameter says; '' when it is none. */
export function safeNext(next: string | null): string {
	return next !== null && /^\/(?![/\\])[^\\\s]*$/.test(next) ? next : '';
}
