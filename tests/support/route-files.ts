// Every route of the application as it is on disk: its id, the methods its endpoint exports, the actions of its form.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface RouteFile {
	id: string;
	page: boolean;
	methods: string[];
	actions: string[];
}

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'fallback'];

export function routeFiles(folder = 'src/routes', id = ''): RouteFile[] {
	const has = (file: string) => existsSync(join(folder, file));
	const page = has('+page.svelte') || has('+page.server.ts') || has('+page.ts');
	const endpoint = has('+server.ts');
	const here: RouteFile[] =
		page || endpoint
			? [
					{
						id: id || '/',
						page,
						methods: endpoint
							? exportsOf(join(folder, '+server.ts'))
									.map(([name]) => name)
									.filter((name) => verbs.includes(name))
							: [],
						actions: has('+page.server.ts') ? actionsOf(join(folder, '+page.server.ts')) : []
					}
				]
			: [];
	const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	return [...here, ...folders.flatMap(({ name }) => routeFiles(join(folder, name), `${id}/${name}`))];
}

/** Exported constants and functions of a module with what they are initialised with. */
function exportsOf(file: string): [name: string, value: ts.Expression | undefined][] {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	return source.statements.flatMap((statement): [string, ts.Expression | undefined][] => {
		const exported = ts.canHaveModifiers(statement)
			? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
			: false;
		if (!exported) return [];
		if (ts.isFunctionDeclaration(statement) && statement.name) return [[statement.name.text, undefined]];
		if (!ts.isVariableStatement(statement)) return [];
		return statement.declarationList.declarations.map((one) => [one.name.getText(), one.initializer]);
	});
}

function actionsOf(file: string): string[] {
	let value = exportsOf(file).find(([name]) => name === 'actions')?.[1];
	if (!value) return [];
	while (ts.isSatisfiesExpression(value) || ts.isAsExpression(value)) value = value.expression;
	if (!ts.isObjectLiteralExpression(value))
		throw new Error(`${file}: actions must be written as an object, so that they can be listed`);
	return value.properties.map((property) => {
		if (!property.name) throw new Error(`${file}: an action without a name of its own`);
		return property.name.getText().replace(/^['"]|['"]$/g, '');
	});
}
