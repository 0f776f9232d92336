// Roles, and what the forms of accounts may hold. Messages are codes; the page says them in the reader's language.
import * as v from 'valibot';

/** 系统管理员, 安全管理员, 审计管理员 (三权分立: may be three people), 计划员, 监督人, 领导, 所长, 执法人员, 法制审核, 公示, 协同部门. */
export const roles = [
	'system_admin',
	'security_admin',
	'audit_admin',
	'planner',
	'witness',
	'leader',
	'office_head',
	'inspector',
	'legal_reviewer',
	'publisher',
	'partner'
] as const;
export type Role = (typeof roles)[number];

/** Roles whose holders must have a second factor, except in a demonstration. */
export const secondFactorRoles: readonly Role[] = [
	'system_admin',
	'security_admin',
	'audit_admin',
	'planner',
	'witness'
];

/** Stored as one text, comma between them. */
export const rolesOf = (text: string | null | undefined): Role[] =>
	roles.filter((role) => text?.split(',').includes(role));

const username = v.pipe(
	v.string(),
	v.trim(),
	v.toLowerCase(),
	v.regex(/^[a-z0-9_.]{2,32}$/, 'username_form')
);
const name = v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(50, 'long'));
const office = v.pipe(
	v.optional(v.string(), ''),
	v.maxLength(32),
	v.transform((code) => code || null)
);
const subject = v.pipe(
	v.optional(v.string(), ''),
	v.trim(),
	v.maxLength(255, 'long'),
	v.transform((text) => text || null)
);

/** Code of the inspector 执法人员 in the directory that the account is; absent: as it is. */
const inspector = v.optional(
	v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(64, 'long'),
		v.transform((code) => code || null)
	)
);

/** What the security admin may set; several boxes of the same name give the roles. */
export const accountDetails = v.object({
	name,
	roles: v.array(v.picklist(roles, 'choice')),
	office,
	subject,
	inspector
});
export type AccountDetails = v.InferOutput<typeof accountDetails>;

export const newAccount = v.object({ username, ...accountDetails.entries });
export type NewAccount = v.InferOutput<typeof newAccount>;
