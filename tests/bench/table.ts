// What benchmarks share: the median of repeated runs, and a markdown table.

export const median = (values: readonly number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length >> 1;
	return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** Milliseconds one call takes: on the clock, and of processor time, which a busy machine does not stretch. */
export function time<T>(work: () => T): { ms: number; cpuMs: number; value: T } {
	const cpu = process.cpuUsage();
	const start = performance.now();
	const value = work();
	const ms = performance.now() - start;
	const { user, system } = process.cpuUsage(cpu);
	return { ms, cpuMs: (user + system) / 1000, value };
}

export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
