// The problem of routes: jobs (visits) to be placed on vehicles (a team on a day). All figures are whole numbers:
// seconds, and whatever unit the cost matrix has. A job that cannot be placed is left over with a reason, never lost.
// The words are those of VROOM's API, whose meaning they follow.

export type Id = number | string;
/** Both ends included. For a job it bounds the start of set-up and service, which may end later. */
export type Window = readonly [from: number, to: number];

export interface Job {
	id: Id;
	/** Row of the matrix. */
	place: number;
	serviceS: number;
	/** Counted before the service, unless the stop before is at the same place. */
	setupS: number;
	/** In order, not overlapping; none: at any time. */
	windows: readonly Window[];
	/** A vehicle must have them all. */
	skills: readonly number[];
	/** 0 … 100: what is left over has the lowest sum of priorities. */
	priority: number;
	/** On board from the start of the route, one number for each dimension of `capacity`. */
	delivery: readonly number[];
	/** On board from here to the end of the route. */
	pickup: readonly number[];
}

/** Taken once on every route of the vehicle, between two stops or on the way; in the order given. */
export interface Break {
	id: Id;
	serviceS: number;
	/** For its start; in order. */
	windows: readonly Window[];
}

export interface Vehicle {
	id: Id;
	/** Row of the matrix; null: the route begins at its first stop (or ends at its last). */
	start: number | null;
	end: number | null;
	window: Window | null;
	breaks: readonly Break[];
	/** Empty: no bound. */
	capacity: readonly number[];
	skills: readonly number[];
	maxTasks: number;
	maxTravelS: number;
	/** Cost of using it at all. */
	fixed: number;
	/** Cost of an hour's travel; 3600 makes a second cost 1. */
	perHour: number;
}

/** At or above this a place cannot be reached. */
export const UNREACHABLE = 1_000_000_000;

/** Square matrices by rows; `cost` may be the same array as `seconds`. */
export interface Travel {
	size: number;
	seconds: Int32Array;
	cost: Int32Array;
}

export interface Problem {
	jobs: readonly Job[];
	vehicles: readonly Vehicle[];
	travel: Travel;
}

/** Places in `problem.jobs`, one list for each of `problem.vehicles`, in the order they are visited. */
export type Routes = readonly (readonly number[])[];

/** What a new solution must keep of the routes it starts from. */
export interface Locks {
	/** Job → vehicle: it stays on this vehicle, its place in the day is free. */
	vehicle?: ReadonlyMap<number, number>;
	/** Jobs that keep vehicle and order among themselves; others may come in between. */
	order?: ReadonlySet<number>;
	/** Vehicles whose whole day stays as it is. */
	day?: ReadonlySet<number>;
}
