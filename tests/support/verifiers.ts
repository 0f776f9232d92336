// The two offline verifiers, callable from a test: the page's script in a vm, and verify.py as a module in one process.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';

const folder = fileURLToPath(new URL('../../static/verify/', import.meta.url));
export const pagePath = `${folder}verify.html`;
export const pythonPath = `${folder}verify.py`;
export const hasPython = spawnSync('python3', ['--version']).status === 0;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Row = {
	id: string;
	township: string;
	cell: string;
	x: number;
	y: number;
	weight: number;
	take: number;
	salt: string;
};
export type Published = { commitment?: string; manifestHash?: string };
/** What a verifier says: the hashes when all agrees, else where and which sort of trouble. */
export type Verdict =
	{ ok: true; manifestHash: string; selectedRoot: string } | { ok: false; kind: string; where: string };

type Page = {
	STEPS: string[];
	sha256(bytes: Uint8Array): Uint8Array;
	hex(bytes: Uint8Array): string;
	decode(bytes: Uint8Array, file: string): string;
	readFile(text: string, file: string): { document?: Json; frame?: unknown; excluded?: unknown };
	parseJson(text: string, file: string): Json;
	makeManifest(rows: unknown, excluded: unknown, plan: Json, seed: string | null, entropy?: Json): Json;
	manifestHashOf(manifest: Json): string;
	verify(document: Json, frame: unknown, excluded: unknown, published?: Published): Generator;
	run(work: Generator): { manifestHash: string; selectedRoot: string; onlySelf: boolean };
};

export function loadPage(): Page {
	const html = readFileSync(pagePath, 'utf8');
	const script = /<script id="verifier">([\s\S]*?)<\/script>/.exec(html)?.[1];
	if (!script) throw new Error('verify.html has no script with id verifier');
	return runInContext(`${script}; Fairlot`, createContext({ TextEncoder, TextDecoder })) as Page;
}

export function pageVerdict(work: () => { manifestHash: string; selectedRoot: string }): Verdict {
	try {
		const { manifestHash, selectedRoot } = work();
		return { ok: true, manifestHash, selectedRoot };
	} catch (error) {
		const { kind, where, line, field } = error as Record<'kind' | 'where' | 'field', string> & {
			line?: number;
		};
		if (!kind) throw error;
		return { ok: false, kind, where: where + (line ? ` line ${line}` : '') + (field ? `, ${field}` : '') };
	}
}

export type Edit = { path: (string | number)[]; value?: Json; remove?: boolean };
export type Base = { document: Json; frame: Json; excluded: Json };
export type Job =
	| { op: 'edits'; base: Base; edits: Edit[] }
	| { op: 'make'; rows: Row[]; excluded: Json; plan: Json; seed: string | null; entropy: Json }
	| { op: 'verify'; base: Base }
	| { op: 'read'; name: string; text: string; kind: 'frame' | 'excluded' | 'document' };

const driver = `
import json, os, sys, tempfile
sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True
import verify as v

def verdict(work):
    try:
        h, root = work()
        return {"ok": True, "manifestHash": h, "selectedRoot": root}
    except v.Bad as e:
        return {"ok": False, "kind": "bad", "where": e.args[0]}
    except v.Differs as e:
        return {"ok": False, "kind": "differs", "where": e.args[0]}

def check(base):
    return v.verify(base["document"], base["frame"], base["excluded"])

def check_edited(base, edit):
    at, last = base, edit["path"][-1]
    for k in edit["path"][:-1]:
        at = at[k]
    if isinstance(at, list):
        kept = list(at)
        at[last:last + 1] = [] if edit.get("remove") else [edit["value"]]
    else:
        kept = dict(at)
        at.pop(last) if edit.get("remove") else at.update({last: edit["value"]})
    try:
        return check(base)
    finally:
        at.clear()
        at.extend(kept) if isinstance(at, list) else at.update(kept)

def read(job):
    path = job["name"]
    with open(path, "w", encoding="utf-8", errors="surrogatepass", newline="") as f:
        f.write(job["text"])
    is_csv = job["text"].lstrip("\\ufeff \\n")[:1] not in ("[", "{")
    if job["kind"] == "document":
        v.parse_json(v.read_text(path), path)
    elif job["kind"] == "frame":
        v.check_rows(v.read_frame(path)[0], path, v.ROW, is_csv)
    else:
        v.check_rows(v.read_excluded(path), path, v.LEFT_OUT, is_csv)
    return None, None

jobs, out = json.load(sys.stdin), []
folder = tempfile.TemporaryDirectory()
os.chdir(folder.name)
for job in jobs:
    if job["op"] == "edits":
        out.append([verdict(lambda: check_edited(job["base"], e)) for e in job["edits"]])
    elif job["op"] == "make":
        out.append(v.make_manifest(job["rows"], job["excluded"], job["plan"], job["seed"], job["entropy"]))
    elif job["op"] == "verify":
        out.append(verdict(lambda: check(job["base"])))
    else:
        out.append(verdict(lambda: read(job)))
json.dump(out, sys.stdout)
os.chdir(sys.argv[1])
`;

/** One python3 process does every job; the answers are in the order of the jobs. */
export function inPython(jobs: Job[]): Json[] {
	const done = spawnSync('python3', ['-c', driver, folder], {
		input: JSON.stringify(jobs),
		encoding: 'utf8',
		maxBuffer: 2 ** 28,
		env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' }
	});
	if (done.status !== 0) throw new Error(`verify.py as a module failed: ${done.stderr}`);
	return JSON.parse(done.stdout) as Json[];
}

export function pythonCli(args: string[]) {
	const done = spawnSync('python3', [pythonPath, ...args], {
		encoding: 'utf8',
		env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' }
	});
	return { exit: done.status, out: done.stdout, err: done.stderr };
}

/** Applies one edit to a copy, as the driver does. */
export function edited(base: Base, edit: Edit): Base {
	const copy = structuredClone(base);
	let at = copy as unknown as Record<string | number, Json>;
	for (const k of edit.path.slice(0, -1)) at = at[k] as Record<string | number, Json>;
	const last = edit.path.at(-1) as string | number;
	if (!edit.remove) at[last] = edit.value as Json;
	else if (Array.isArray(at)) at.splice(last as number, 1);
	else delete at[last];
	return copy;
}

/** Every single change worth trying: each leaf to another value and another type, each key and element removed, a key added. */
export function everyEdit(value: Json, path: (string | number)[] = []): Edit[] {
	if (value !== null && typeof value === 'object') {
		const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
		const inside = keys.flatMap((k) => [
			...everyEdit((value as Record<string | number, Json>)[k] as Json, [...path, k]),
			{ path: [...path, k], remove: true }
		]);
		return Array.isArray(value) ? inside : [...inside, { path: [...path, 'extra'], value: 1 }];
	}
	if (value === null)
		return [
			{ path, value: 'a' },
			{ path, value: 0 }
		];
	if (typeof value === 'boolean')
		return [
			{ path, value: !value },
			{ path, value: Number(value) }
		];
	if (typeof value === 'number')
		return [
			{ path, value: value + 1 },
			{ path, value: -value - 1 },
			{ path, value: `${value}` }
		];
	const hex = /^[0-9a-f]+$/.test(value);
	const other = hex ? (value[0] === '0' ? '1' : '0') + value.slice(1) : `${value}x`;
	return [
		{ path, value: other },
		{ path, value: `${value}\u0301e\u0301` },
		{ path, value: null }
	];
}

/** A small keyed generator for test data only (mulberry32). */
export function chance(key: number): () => number {
	let a = key >>> 0;
	return () => {
		a = (a + 0x6d2b79f5) >>> 0;
		let t = Math.imul(a ^ (a >>> 15), a | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
