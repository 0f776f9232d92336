// What may be changed in the directories by hand: the fields of a row, and those that many rows can be given at once.
import * as v from 'valibot';

export const editable = {
	mining_right: ['name', 'party', 'status'],
	land_parcel: ['name', 'party', 'status'],
	party: ['name', 'credit_grade', 'address', 'contact', 'hours'],
	inspector: [
		...(['name', 'office', 'home_townships', 'scopes', 'lead', 'certificate', 'issuer'] as const),
		...(['valid_from', 'valid_to'] as const)
	],
	item: [
		...(['name', 'kind', 'content', 'basis', 'method', 'category', 'scope', 'minutes', 'source'] as const),
		...(['body', 'departments', 'notice_days', 'basis_from', 'basis_to'] as const)
	],
	office: ['name', 'townships', 'department']
} as const;
export type EditableList = keyof typeof editable;
export const isEditable = (list: string): list is EditableList => Object.hasOwn(editable, list);

export const together: Record<EditableList, readonly string[]> = {
	mining_right: ['status'],
	land_parcel: ['status'],
	party: ['credit_grade'],
	inspector: ['office', 'scopes', 'lead'],
	item: ['category', 'basis_to'],
	office: []
};

/** Fields with a closed list of values. */
export const fieldChoices: Record<string, readonly string[]> = {
	status: ['active', 'suspended', 'closed'],
	credit_grade: ['A', 'B', 'C', 'D'],
	lead: ['yes', 'no'],
	kind: ['mining_right', 'land_parcel'],
	category: ['priority', 'general']
};
/** Fields that are days. */
export const dayFields: readonly string[] = ['valid_from', 'valid_to', 'basis_from', 'basis_to'];

/** Rows changed at once: ticked one by one, and all that a list has found. */
const MOST_TOGETHER = 200;
export const MOST_FOUND = 5000;

const note = v.pipe(v.string(), v.trim(), v.minLength(1, 'reason_needed'), v.maxLength(200, 'reason_needed'));
const change = { fields: v.record(v.string(), v.pipe(v.string(), v.maxLength(4000))), note };
export const changeForm = v.object({
	codes: v.pipe(v.array(v.string()), v.minLength(1, 'none_chosen'), v.maxLength(MOST_TOGETHER, 'too_many')),
	...change
});
/** found: how many rows the list had when this was confirmed. */
export const changeFoundForm = v.object({
	found: v.pipe(
		v.string(),
		v.regex(/^[1-9]\d{0,8}$/, 'none_chosen'),
		v.transform(Number),
		v.maxValue(MOST_FOUND, 'too_many_found')
	),
	...change
});

export const viewForm = v.object({
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
	address: v.pipe(v.string(), v.regex(/^\?/), v.maxLength(2000))
});
