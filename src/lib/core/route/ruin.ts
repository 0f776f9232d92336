// Ruin by string removals (Christiaens and Vanden Berghe 2020, §5.1): from some routes near a seed stop one string of
// consecutive stops each is taken out, near the seed. Strings are short where routes are short, so that about
// MEAN_REMOVED stops leave at a time; half the time some stops inside a string stay (a split string).

import type { Arena } from './arena';
import type { Random } from './random';
import { cut, refresh, touch, type State } from './state';

const MEAN_REMOVED = 10;
const LONGEST_STRING = 10;
const SPLIT = 0.5;
/** Chance that a split string keeps one more stop. */
const LONGER_SPLIT = 0.01;
/** Chance that strings may be longer than the mean route: else a route longer than that could never be emptied at once. */
const WHOLE = 1 / 16;

export interface Near {
	/** near[job·count …]: the jobs closest to it, itself first. */
	jobs: Int32Array;
	count: number;
}

/** The `count` jobs nearest to each job, by the cost there and back; ties to the lower number. */
export function nearest(arena: Arena, most: number): Near {
	const { jobs: n, nodes, out, into } = arena;
	const count = Math.min(n, most);
	const jobs = new Int32Array(n * count);
	const keys = new Float64Array(n);
	for (let i = 0; i < n; i++) {
		for (let j = 0; j < n; j++)
			keys[j] = i === j ? j - n : (out[i * nodes + j]! + into[i * nodes + j]!) * n + j;
		keys.sort();
		for (let k = 0; k < count; k++) jobs[i * count + k] = k === 0 ? i : keys[k]! % n;
	}
	return { jobs, count };
}

/** Takes stops out and writes them to `pool` from `count` on; returns the new count, or −1: a route broke without them. */
export function ruin(
	arena: Arena,
	state: State,
	near: Near,
	random: Random,
	pool: Int32Array,
	count: number
): number {
	const { home, isTouched, size } = state;
	if (state.usedCount === 0) return count;
	const mean = (arena.jobs - count) / state.usedCount;
	const longest = random.unit() < WHOLE ? LONGEST_STRING : Math.min(LONGEST_STRING, mean);
	const most = (4 * MEAN_REMOVED) / (1 + longest) - 1;
	let strings = Math.floor(random.unit() * most + 1);
	const seed = random.int(arena.jobs);
	for (let i = seed * near.count, end = i + near.count; i < end && strings > 0; i++) {
		const stop = near.jobs[i]!;
		const v = home[stop]!;
		if (v < 0 || isTouched[v] || arena.closed[v]) continue;
		const length = Math.floor(random.unit() * Math.min(size[v]!, longest) + 1);
		touch(arena, state, v);
		count = removeString(arena, state, random, v, stop, length, pool, count);
		if (!refresh(arena, state, v)) return -1;
		strings--;
	}
	return count;
}

function removeString(
	arena: Arena,
	state: State,
	random: Random,
	v: number,
	stop: number,
	length: number,
	pool: Int32Array,
	count: number
): number {
	const { node, at } = state;
	const size = state.size[v]!;
	let kept = 0;
	if (length > 1 && length < size && random.unit() < SPLIT) {
		kept = 1;
		while (length + kept < size && random.unit() < LONGER_SPLIT) kept++;
	}
	const whole = length + kept;
	const position = at[stop]!;
	const lowest = Math.max(1, position - whole + 1);
	const first = lowest + random.int(Math.min(position, size - whole + 1) - lowest + 1);
	const keptFrom = kept > 0 ? first + 1 + random.int(length - 1) : first + whole;
	const row = v * arena.width;
	// From the back, so that positions in front stay what they are; each run of stops that may leave in one cut.
	let run = 0;
	for (let k = first + whole - 1; k >= first - 1; k--) {
		const stays = k < first || (k >= keptFrom && k < keptFrom + kept) || arena.held[node[row + k]!];
		if (!stays) {
			pool[count++] = node[row + k]!;
			run++;
		} else if (run > 0) {
			cut(arena, state, v, k + 1, run);
			run = 0;
		}
	}
	return count;
}
