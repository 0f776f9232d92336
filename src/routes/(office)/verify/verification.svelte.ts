// The state of the verify page: which files are there, the published hashes, and the verdict of the last run.
import { roleOf, type ClaimFiles, type Role, type Verdict } from './claim';
import VerifyWorker from './verify.worker?worker';

/** Larger frames are for verify.py: a browser tab holds several copies of what it parses. */
const LIMIT_MB = 200;

export type FileProblem = { reason: 'unknown' | 'too_large'; name: string; limit: number };
export interface Held {
	name: string;
	bytes: ArrayBuffer;
}

export function verification() {
	let files = $state.raw<Partial<Record<Role, Held>>>({});
	let problem = $state.raw<FileProblem | null>(null);
	let running = $state(false);
	let verdict = $state.raw<Verdict | null>(null);
	let failure = $state('');
	let worker: Worker | undefined;

	async function add(list: Iterable<File>): Promise<void> {
		problem = null;
		for (const file of list) {
			if (file.size > LIMIT_MB * 1e6) problem = { reason: 'too_large', name: file.name, limit: LIMIT_MB };
			else await hold(file.name, await file.arrayBuffer());
		}
	}

	async function hold(name: string, bytes: ArrayBuffer): Promise<void> {
		const role = roleOf(new TextDecoder().decode(bytes.slice(0, 4096)));
		if (role === null) problem = { reason: 'unknown', name, limit: LIMIT_MB };
		else files = { ...files, [role]: { name, bytes } };
		verdict = null;
	}

	/** The three files of a draw of this system. */
	async function fetchDraw(id: string): Promise<boolean> {
		const names = ['manifest.json', 'frame.csv', 'excluded.csv'];
		const answers = await Promise.all(names.map((name) => fetch(`/draws/${id}/${name}`)));
		if (!answers.every((answer) => answer.ok)) return false;
		for (const [i, answer] of answers.entries())
			await hold(`draw-${id}-${names[i]}`, await answer.arrayBuffer());
		return true;
	}

	function run(commitment: string, manifestHash: string): void {
		const { manifest, frame, excluded } = files;
		if (!manifest || !frame) return;
		worker?.terminate();
		worker = new VerifyWorker();
		running = true;
		verdict = null;
		failure = '';
		worker.onmessage = ({ data }: MessageEvent<{ verdict: Verdict } | { failure: string }>) => {
			if ('verdict' in data) verdict = data.verdict;
			else failure = data.failure;
			stop();
		};
		worker.onerror = (event) => {
			failure = event.message;
			stop();
		};
		const claim: ClaimFiles = {
			manifest: manifest.bytes,
			frame: frame.bytes,
			excluded: excluded?.bytes ?? null,
			commitment,
			manifestHash
		};
		worker.postMessage(claim);
	}

	function stop(): void {
		worker?.terminate();
		worker = undefined;
		running = false;
	}

	function remove(role: Role): void {
		files = Object.fromEntries(Object.entries(files).filter(([held]) => held !== role));
		verdict = null;
	}

	return {
		get files() {
			return files;
		},
		get problem() {
			return problem;
		},
		get running() {
			return running;
		},
		get verdict() {
			return verdict;
		},
		get failure() {
			return failure;
		},
		add,
		fetchDraw,
		remove,
		run,
		stop
	};
}
