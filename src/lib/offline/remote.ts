// The server as the device sees it: requests and typed answers, by the contract in core/field/README.md.
// Invariant: what cannot be reached, and what answers with something else than agreed, changes nothing on the device.

export type Failure = { ok: false; reason: string; status: number; body: Record<string, unknown> };
export type Answer<T> = { ok: true; body: T } | Failure;

export interface PackLine {
	hash: string;
	series: number;
	plan: number;
	route: string;
	day: string;
	office: string;
	stops: number;
	size: number;
	expires: string;
	current: boolean;
}
export interface Message {
	id: string;
	at: string;
	kind: 'new_route' | 'changed_route' | 'withdrawn_route' | 'returned' | 'accepted' | 'rectification';
	route: string | null;
	day: string | null;
	hash: string | null;
	stop: string | null;
	text: string;
}
export interface RecordState {
	stop: string;
	state: 'open' | 'closed' | 'returned' | 'accepted';
	reason: string | null;
}
export interface Overview {
	device: { id: string; revoked: boolean };
	inspector: { code: string; name: string };
	now: string;
	key: string;
	packs: PackLine[];
	messages: Message[];
	records: RecordState[];
}
export interface SyncAnswer {
	receipt: string | null;
	refused: { id: string; seq: number; reason: string; field?: string | null }[];
	have: number;
	now: string;
}

/** offline: no answer. signed_out: the session has ended. */
async function ask(path: string, init: RequestInit = {}): Promise<Answer<Response>> {
	let response: Response;
	try {
		response = await fetch(path, { ...init, cache: 'no-store', signal: AbortSignal.timeout(60_000) });
	} catch {
		return { ok: false, reason: 'offline', status: 0, body: {} };
	}
	if (response.ok) return { ok: true, body: response };
	const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
	const given = typeof body.reason === 'string' ? body.reason : null;
	const reason =
		given ?? (response.status === 401 ? 'signed_out' : response.status >= 500 ? 'server' : 'refused');
	return { ok: false, reason, status: response.status, body };
}
async function askJson<T>(path: string, init?: RequestInit): Promise<Answer<T>> {
	const answer = await ask(path, init);
	if (!answer.ok) return answer;
	try {
		return { ok: true, body: (await answer.body.json()) as T };
	} catch {
		return { ok: false, reason: 'server', status: answer.body.status, body: {} };
	}
}
const post = (value: unknown): RequestInit => ({
	method: 'POST',
	headers: { 'content-type': 'application/json' },
	body: JSON.stringify(value)
});

export const remote = {
	enrol: (name: string) =>
		askJson<{
			device: string;
			key: string;
			inspector: { code: string; name: string };
			county: { code: string; name: string };
		}>('/field/device', post({ name })),
	overview: (device: string) => askJson<Overview>(`/field/packs?device=${device}`),
	async pack(device: string, hash: string): Promise<Answer<Uint8Array>> {
		const answer = await ask(`/field/packs/${hash}?device=${device}`);
		return answer.ok ? { ok: true, body: new Uint8Array(await answer.body.arrayBuffer()) } : answer;
	},
	sync: (body: { device: string; now: string; events: readonly object[]; photos: readonly string[] }) =>
		askJson<SyncAnswer>('/field/sync', post(body)),
	events: (device: string, after: number) =>
		askJson<{ events: unknown[]; after: number; more: boolean }>(
			`/field/events?device=${device}&after=${after}`
		),
	putPhoto: (device: string, sha256: string, from: number, bytes: Uint8Array) =>
		askJson<{ have: number; size: number; complete: boolean }>(
			`/field/photos/${sha256}?device=${device}&from=${from}`,
			{
				method: 'PUT',
				headers: { 'content-type': 'application/octet-stream' },
				body: bytes as Uint8Array<ArrayBuffer>
			}
		)
};
export type Remote = typeof remote;
