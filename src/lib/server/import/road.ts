// A new road layer: joined into one graph that replaces the one before as a whole. Day routes that were planned keep the
// travel times they were planned with.
import { sql } from 'kysely';
import type { JoinedLayer, RoadTask } from '../route/road-work';
import { runWorker } from '../workers';
import { rowTree } from './row-tree';
import type { Counts, Run } from './run';
import { stage } from './stage';

export async function importRoads(run: Run): Promise<Counts> {
	const { trx, county, findings, importId, options, provenance, at } = run;
	await stage(
		run.path,
		findings,
		async () => undefined,
		() => run.step('staging')
	);
	run.step('placing');
	const task: RoadTask = { step: 'join', path: run.path };
	const { graph, hash, roads, ...facts } = await runWorker<RoadTask, JoinedLayer>('roads', task);
	run.step('writing');
	const none = { added: 0, changed: 0, unchanged: roads, root: rowTree().root() };
	if (facts.edges === 0) return { ...none, unchanged: 0, rejected: true };
	const { rows } = await sql<{ hash: string }>`
		SELECT hash FROM app.road_layer WHERE county = ${county.code} ORDER BY id DESC LIMIT 1`.execute(trx);
	if (rows[0]?.hash === hash) return none;
	await trx
		.insertInto('app.road_layer')
		.values({
			county: county.code,
			import: importId,
			hash,
			nodes: facts.nodes,
			edges: facts.edges,
			metres: facts.metres,
			left_out: facts.leftOut,
			provenance: options.provenance ?? provenance,
			licence: options.licence,
			graph: Buffer.from(graph),
			created_at: at
		})
		.execute();
	const tree = rowTree();
	tree.add({ roads: hash });
	return { ...none, added: roads, unchanged: 0, root: tree.root() };
}
