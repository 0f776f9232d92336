// A problem in VROOM's JSON (API of version 1.14), read strictly: a key this solver does not know is refused by name,
// since a rule left out silently gives routes that look right and are not.

import type { LonLat, Result } from '../model';
import { greatCircle } from './great-circle';
import {
	UNREACHABLE,
	type Break,
	type Id,
	type Job,
	type Problem,
	type Travel,
	type Vehicle,
	type Window
} from './problem';

export type VroomFailure =
	| { reason: 'unsupported_key'; key: string }
	| { reason: 'missing_key'; key: string }
	| { reason: 'wrong_value'; key: string; expected: string };

export interface VroomProblem {
	problem: Problem;
	/** Routes given as `steps`, to begin with. */
	from: number[][];
	/** What the answer repeats of the question, by job and by vehicle. */
	jobs: Described[];
	vehicles: (Described & { breaks: Described[] })[];
	coordinates: (LonLat | undefined)[];
	metres: Int32Array | null;
	/** Places have rows in a matrix of the caller's. */
	indexed: boolean;
}

export interface Described {
	id: Id;
	description?: string;
}

class Refused extends Error {
	constructor(readonly failure: VroomFailure) {
		super(failure.reason);
	}
}
const wrong = (key: string, expected: string) => new Refused({ reason: 'wrong_value', key, expected });

type Json = Record<string, unknown>;

function object(value: unknown, at: string, known: readonly string[]): Json {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(at, 'an object');
	const key = Object.keys(value).find((name) => !known.includes(name));
	if (key !== undefined) throw new Refused({ reason: 'unsupported_key', key: at ? `${at}.${key}` : key });
	return value as Json;
}

function list<T>(value: unknown, at: string, read: (item: unknown, at: string) => T): T[] {
	if (value === undefined) return [];
	if (!Array.isArray(value)) throw wrong(at, 'an array');
	return value.map((item, i) => read(item, `${at}[${i}]`));
}

function whole(
	value: unknown,
	at: string,
	most: number = Number.MAX_SAFE_INTEGER,
	fallback?: number
): number {
	if (value === undefined && fallback !== undefined) return fallback;
	if (value === undefined) throw new Refused({ reason: 'missing_key', key: at });
	if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most)
		throw wrong(at, `a whole number of 0 to ${most}`);
	return value as number;
}

/** Times, amounts and skills are 32-bit in VROOM too. */
const MOST = 2 ** 32 - 1;
const wholes = (value: unknown, at: string) => list(value, at, (item, where) => whole(item, where, MOST));

function id(value: unknown, at: string): Id {
	if (typeof value === 'string') return value;
	return whole(value, at);
}

function window(value: unknown, at: string): Window {
	const ends = list(value, at, (item, where) => whole(item, where));
	if (ends.length !== 2 || ends[0]! > ends[1]!) throw wrong(at, 'two times, the earlier first');
	return [ends[0]!, ends[1]!];
}

function windows(value: unknown, at: string): Window[] {
	const sorted = list(value, at, window).sort((p, q) => p[0] - q[0]);
	if (sorted.some((next, i) => i > 0 && next[0] <= sorted[i - 1]![1]))
		throw wrong(at, 'windows that do not overlap');
	return sorted;
}

function point(value: unknown, at: string): LonLat {
	const [lon, lat] = Array.isArray(value) ? (value as unknown[]) : [];
	if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat))
		throw wrong(at, '[longitude, latitude]');
	return [lon, lat];
}

function described(value: Json, at: string): Described {
	const { description } = value;
	if (description !== undefined && typeof description !== 'string')
		throw wrong(`${at}.description`, 'a text');
	return { id: id(value.id, `${at}.id`), ...(description === undefined ? {} : { description }) };
}

/** What the solver's fixed buffers hold. */
const MOST_BREAKS = 60;

const TOP = ['jobs', 'vehicles', 'matrices', 'meta', 'description'];
const JOB = [
	...['id', 'description', 'location', 'location_index', 'setup', 'service', 'delivery', 'pickup', 'skills'],
	...['priority', 'time_windows']
];
const VEHICLE = [
	...[
		'id',
		'profile',
		'description',
		'start',
		'start_index',
		'end',
		'end_index',
		'capacity',
		'costs',
		'skills'
	],
	...['time_window', 'breaks', 'max_tasks', 'max_travel_time', 'steps']
];

export function parseVroom(json: unknown): Result<VroomProblem, VroomFailure> {
	try {
		return { ok: true, ...read(json) };
	} catch (error) {
		if (error instanceof Refused) return { ok: false, ...error.failure };
		throw error;
	}
}

function read(json: unknown): VroomProblem {
	const top = object(json, '', TOP);
	const rawVehicles = list(top.vehicles, 'vehicles', (item, at) => object(item, at, VEHICLE));
	const profiles = [...new Set(rawVehicles.map(({ profile }) => profile ?? 'car'))];
	if (profiles.length > 1)
		throw wrong('vehicles.profile', `one profile for all vehicles, not ${profiles.join(', ')}`);
	const matrix = top.matrices === undefined ? null : readMatrix(top.matrices, String(profiles[0] ?? 'car'));

	const coordinates: (LonLat | undefined)[] = matrix ? new Array<undefined>(matrix.size).fill(undefined) : [];
	const rows = new Map<string, number>();
	const placeOf = (item: Json, at: string, location: string, index: string): number | null => {
		const where = item[location] === undefined ? undefined : point(item[location], `${at}.${location}`);
		if (matrix) {
			if (item[index] === undefined && !where) return null;
			const row = whole(item[index], `${at}.${index}`, matrix.size - 1);
			coordinates[row] ??= where;
			return row;
		}
		if (!where) {
			if (item[index] === undefined) return null;
			throw new Refused({ reason: 'missing_key', key: `${at}.${location}` });
		}
		const key = where.join();
		if (!rows.has(key)) rows.set(key, coordinates.push(where) - 1);
		return rows.get(key)!;
	};

	const jobs = list(top.jobs, 'jobs', (item, at): Job => {
		const job = object(item, at, JOB);
		const place = placeOf(job, at, 'location', 'location_index');
		if (place === null)
			throw new Refused({ reason: 'missing_key', key: `${at}.${matrix ? 'location_index' : 'location'}` });
		return {
			id: id(job.id, `${at}.id`),
			place,
			serviceS: whole(job.service, `${at}.service`, MOST, 0),
			setupS: whole(job.setup, `${at}.setup`, MOST, 0),
			windows: windows(job.time_windows, `${at}.time_windows`),
			skills: wholes(job.skills, `${at}.skills`),
			priority: whole(job.priority, `${at}.priority`, 100, 0),
			delivery: wholes(job.delivery, `${at}.delivery`),
			pickup: wholes(job.pickup, `${at}.pickup`)
		};
	});
	const vehicles = rawVehicles.map((vehicle, v): Vehicle => {
		const at = `vehicles[${v}]`;
		const costs = object(vehicle.costs ?? {}, `${at}.costs`, ['fixed', 'per_hour']);
		const perHour = whole(costs.per_hour, `${at}.costs.per_hour`, MOST, 3600);
		if (matrix?.ownCost && perHour !== 3600)
			throw wrong(`${at}.costs.per_hour`, '3600 beside a matrix of costs');
		const ends = [
			placeOf(vehicle, at, 'start', 'start_index'),
			placeOf(vehicle, at, 'end', 'end_index')
		] as const;
		if (ends[0] === null && ends[1] === null)
			throw new Refused({ reason: 'missing_key', key: `${at}.start${matrix ? '_index' : ''}` });
		return {
			id: id(vehicle.id, `${at}.id`),
			start: ends[0],
			end: ends[1],
			window: vehicle.time_window === undefined ? null : window(vehicle.time_window, `${at}.time_window`),
			breaks: list(vehicle.breaks, `${at}.breaks`, readBreak).sort(
				(p, q) => (p.windows[0]?.[0] ?? 0) - (q.windows[0]?.[0] ?? 0)
			),
			capacity: wholes(vehicle.capacity, `${at}.capacity`),
			skills: wholes(vehicle.skills, `${at}.skills`),
			maxTasks: whole(vehicle.max_tasks, `${at}.max_tasks`, MOST, Infinity),
			maxTravelS: whole(vehicle.max_travel_time, `${at}.max_travel_time`, MOST, Infinity),
			fixed: whole(costs.fixed, `${at}.costs.fixed`, MOST, 0),
			perHour
		};
	});
	vehicles.forEach(({ breaks }, v) => {
		if (breaks.length > MOST_BREAKS) throw wrong(`vehicles[${v}].breaks`, `at most ${MOST_BREAKS}`);
	});
	unique(jobs, 'jobs');
	unique(vehicles, 'vehicles');
	if (vehicles.length === 0) throw new Refused({ reason: 'missing_key', key: 'vehicles' });
	const travel = matrix ?? greatCircle(coordinates as LonLat[]);
	return {
		problem: { jobs, vehicles, travel: { size: travel.size, seconds: travel.seconds, cost: travel.cost } },
		from: rawVehicles.map((vehicle, v) => readSteps(vehicle.steps, `vehicles[${v}].steps`, jobs)),
		jobs: (top.jobs as Json[] | undefined)?.map((job, j) => described(job, `jobs[${j}]`)) ?? [],
		vehicles: rawVehicles.map((vehicle, v) => ({
			...described(vehicle, `vehicles[${v}]`),
			breaks: vehicles[v]!.breaks.map(({ id: name }) => ({
				id: name,
				...(vehicle.breaks as Described[]).find((rest) => rest.id === name)
			}))
		})),
		coordinates,
		metres: travel.metres,
		indexed: matrix !== null
	};
}

function readBreak(value: unknown, at: string): Break {
	const rest = object(value, at, ['id', 'time_windows', 'service', 'description']);
	const list = windows(rest.time_windows, `${at}.time_windows`);
	if (list.length === 0) throw new Refused({ reason: 'missing_key', key: `${at}.time_windows` });
	return { ...described(rest, at), serviceS: whole(rest.service, `${at}.service`, MOST, 0), windows: list };
}

function unique(items: readonly { id: Id }[], at: string): void {
	const seen = new Set<Id>();
	items.forEach((item, i) => {
		if (seen.has(item.id)) throw wrong(`${at}[${i}].id`, 'an id used once');
		seen.add(item.id);
	});
}

/** The jobs of a given route, in order; breaks find their own place. */
function readSteps(value: unknown, at: string, jobs: readonly Job[]): number[] {
	const byId = new Map(jobs.map((job, j) => [job.id, j]));
	return list(value, at, (item, where) => {
		const step = object(item, where, ['type', 'id', 'description']);
		if (step.type === 'start' || step.type === 'end' || step.type === 'break') return -1;
		if (step.type !== 'job') throw wrong(`${where}.type`, 'start, job, break or end');
		const job = byId.get(id(step.id, `${where}.id`));
		if (job === undefined) throw wrong(`${where}.id`, 'the id of a job');
		return job;
	}).filter((job) => job >= 0);
}

function readMatrix(
	value: unknown,
	profile: string
): Travel & { metres: Int32Array | null; ownCost: boolean } {
	const at = `matrices.${profile}`;
	const all = object(value, 'matrices', [profile]);
	const given = object(all[profile], at, ['durations', 'distances', 'costs']);
	const size = Array.isArray(given.durations) ? given.durations.length : 0;
	if (size === 0) throw new Refused({ reason: 'missing_key', key: `${at}.durations` });
	const square = (key: string): Int32Array => {
		const flat = new Int32Array(size * size);
		const rows = list(given[key], `${at}.${key}`, (row, where) => {
			if (!Array.isArray(row) || row.length !== size) throw wrong(where, `${size} numbers`);
			return row as unknown[];
		});
		if (rows.length !== size) throw wrong(`${at}.${key}`, `${size} rows`);
		rows.forEach((row, i) => {
			for (let j = 0; j < size; j++)
				flat[i * size + j] = Math.min(whole(row[j], `${at}.${key}[${i}][${j}]`, MOST), UNREACHABLE);
		});
		return flat;
	};
	const seconds = square('durations');
	return {
		size,
		seconds,
		cost: given.costs === undefined ? seconds : square('costs'),
		metres: given.distances === undefined ? null : square('distances'),
		ownCost: given.costs !== undefined
	};
}
