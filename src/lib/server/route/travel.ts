// Travel times from whom the planner chose: computed here over the great circle or the imported roads, or asked of an OSRM
// or Valhalla server.
// A server that does not answer in time, fails or answers nonsense costs nothing but the better times: the great circle
// takes its place, and the plan says so.
import { greatCircle, type Driving } from '../../core/route/great-circle';
import { UNREACHABLE } from '../../core/route/problem';
import type { LonLat } from '../../core/model';
import type { Fallback, RouteSettings, TravelProvider } from '../../schema/route';
import { runWorker } from '../workers';
import type { MetredTravel, Places } from './places';
import type { RoadTask } from './road-work';

/** Base addresses of the servers this deployment has. */
export interface TravelServers {
	osrm?: string | undefined;
	valhalla?: string | undefined;
	timeoutMs?: number;
}

/** And the roads of the county: its newest layer, null where none was imported. */
export interface TravelSources extends TravelServers {
	roads?: Uint8Array | null;
}

export interface FoundTravel {
	travel: MetredTravel;
	provider: TravelProvider;
	/** Why the great circle took the place of the server that was asked. */
	fallback: Fallback | null;
}

const TIMEOUT_MS = 8_000;

export const availableProviders = ({ osrm, valhalla }: TravelServers, roads: boolean): TravelProvider[] => [
	'great_circle',
	...(roads ? (['roads'] as const) : []),
	...(osrm ? (['osrm'] as const) : []),
	...(valhalla ? (['valhalla'] as const) : [])
];

function drivingOf({ township }: Places, settings: RouteSettings): { driving: Driving; mountain: boolean[] } {
	const { detour, kmPerHour, mountainFactor, mountainTownships } = settings;
	const mountains = new Set(mountainTownships);
	return {
		driving: { detour, kmPerHour, mountainFactor },
		mountain: township.map((code) => mountains.has(code))
	};
}

export function computedTravel(places: Places, settings: RouteSettings): MetredTravel {
	const { driving, mountain } = drivingOf(places, settings);
	return greatCircle(places.at, driving, mountain);
}

/** Rejects only when `signal` is aborted. */
export async function findTravel(
	places: Places,
	settings: RouteSettings,
	servers: TravelSources,
	signal?: AbortSignal
): Promise<FoundTravel> {
	const { provider } = settings;
	const fallBack = (fallback: Fallback | null): FoundTravel => ({
		travel: computedTravel(places, settings),
		provider: 'great_circle',
		fallback
	});
	if (provider === 'great_circle') return fallBack(null);
	if (provider === 'roads') {
		if (!servers.roads) return fallBack('no_roads');
		const task: RoadTask = {
			step: 'travel',
			graph: servers.roads,
			at: places.at,
			...drivingOf(places, settings)
		};
		const travel = await runWorker<RoadTask, MetredTravel>('roads', task, signal ? { signal } : {});
		return { travel, provider, fallback: null };
	}
	const server = servers[provider];
	if (!server) return fallBack('unanswered');
	const timeout = AbortSignal.timeout(servers.timeoutMs ?? TIMEOUT_MS);
	const until = signal ? AbortSignal.any([signal, timeout]) : timeout;
	try {
		const asked = provider === 'osrm' ? askOsrm : askValhalla;
		const rows = await asked(server.replace(/\/+$/, ''), places.at, until);
		const travel = rows && matrixFrom(rows, places.at);
		return travel ? { travel, provider, fallback: null } : fallBack('nonsense');
	} catch (error) {
		signal?.throwIfAborted();
		if (error instanceof SyntaxError) return fallBack('nonsense');
		return fallBack(timeout.aborted ? 'timeout' : 'unanswered');
	}
}

/** Seconds and metres by rows; null where a place cannot be reached. */
interface Rows {
	seconds: unknown;
	metres: unknown;
}

async function answerOf(response: Response): Promise<Record<string, unknown> | null> {
	if (!response.ok) {
		await response.body?.cancel();
		throw new Error(`status ${response.status}`);
	}
	const json: unknown = JSON.parse(await response.text());
	return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null;
}

/** OSRM HTTP API, table service. */
async function askOsrm(server: string, at: readonly LonLat[], signal: AbortSignal): Promise<Rows | null> {
	const list = at.map(([lon, lat]) => `${lon.toFixed(6)},${lat.toFixed(6)}`).join(';');
	const address = `${server}/table/v1/driving/${list}?annotations=duration,distance`;
	const answer = await answerOf(await fetch(address, { signal }));
	return answer && answer.code === 'Ok' ? { seconds: answer.durations, metres: answer.distances } : null;
}

/** Valhalla, sources_to_targets: kilometres. */
async function askValhalla(server: string, at: readonly LonLat[], signal: AbortSignal): Promise<Rows | null> {
	const places = at.map(([lon, lat]) => ({ lon, lat }));
	const answer = await answerOf(
		await fetch(`${server}/sources_to_targets`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ sources: places, targets: places, costing: 'auto', units: 'kilometers' }),
			signal
		})
	);
	const rows = answer?.sources_to_targets;
	if (!Array.isArray(rows)) return null;
	const cells = rows.map((row) =>
		Array.isArray(row) ? (row as ({ time?: unknown; distance?: unknown } | null)[]) : []
	);
	const metres = (km: unknown) => (typeof km === 'number' ? km * 1000 : km);
	return {
		seconds: cells.map((row) => row.map((cell) => cell?.time)),
		metres: cells.map((row) => row.map((cell) => metres(cell?.distance)))
	};
}

/** 200 km/h: faster than this no place was reached. */
const FASTEST_M_PER_S = 56;

/** null: not a matrix of these places. */
function matrixFrom({ seconds, metres }: Rows, at: readonly LonLat[]): MetredTravel | null {
	const size = at.length;
	const flat = (rows: unknown): Int32Array | null => {
		if (!Array.isArray(rows) || rows.length !== size) return null;
		const out = new Int32Array(size * size);
		for (let i = 0; i < size; i++) {
			const row: unknown = rows[i];
			if (!Array.isArray(row) || row.length !== size) return null;
			for (let j = 0; j < size; j++) {
				const value: unknown = row[j];
				if (value === null || value === undefined) out[i * size + j] = UNREACHABLE;
				else if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null;
				else out[i * size + j] = Math.min(Math.round(value), UNREACHABLE);
			}
			out[i * size + i] = 0;
		}
		return out;
	};
	const s = flat(seconds);
	const m = flat(metres);
	if (!s || !m) return null;
	// As the crow flies nobody is faster than this; a server of another region, or one that answers zeros, is found out.
	const straight = greatCircle(at, { detour: 1, kmPerHour: 100, mountainFactor: 1 }).metres;
	let reached = 0;
	for (let i = 0; i < size * size; i++) {
		if (s[i]! >= UNREACHABLE || m[i]! >= UNREACHABLE) {
			s[i] = m[i] = UNREACHABLE;
			continue;
		}
		if (straight[i]! > 2000 && straight[i]! > s[i]! * FASTEST_M_PER_S) return null;
		if (straight[i]! > 0) reached++;
	}
	return reached === 0 && size > 1 ? null : { size, seconds: s, cost: s, metres: m };
}

/** From the environment of the process. */
export const serversOf = (env: Record<string, string | undefined>): TravelServers => ({
	osrm: env.FAIRLOT_OSRM_URL || undefined,
	valhalla: env.FAIRLOT_VALHALLA_URL || undefined
});
