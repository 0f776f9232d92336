// draw: a manifest from a frame, a plan and a seed that somebody gives. A raw frame (`id,lon,lat,…`) is frozen first.

import { writeFileSync } from 'node:fs';
import { parseExcludedCsv, formatFrameCsv, isRawCsv, parseFrameCsv } from '../lib/core/draw/frame-csv';
import { freezeCsv } from '../lib/core/draw/freeze';
import { drawSealed } from '../lib/core/draw/manifest';
import { completePlan, type DrawPlan } from '../lib/core/draw/plan';
import { sealPlan } from '../lib/core/draw/seal';
import { accept, BadInput, command, print, readArgs, readInput, readJson, say } from './command';

const USAGE = 'draw --frame F.csv --plan P.json --seed HEX [--excluded E.csv] [--frame-out G.csv]';

function readFrame(path: string, plan: DrawPlan) {
	const bytes = readInput(path);
	if (!isRawCsv(bytes)) return accept(path, parseFrameCsv(bytes)).frame;
	const { crs, h3Resolution, grid } = plan;
	if (h3Resolution === null || grid === null)
		throw new BadInput(`${path}: a raw frame needs h3Resolution and grid in the plan`);
	const frozen = accept(path, freezeCsv(bytes, { crs, h3Resolution, grid }));
	say(`${path}: frozen in ${frozen.crs}, grid ${grid} m, H3 resolution ${h3Resolution}`);
	return frozen.frame;
}

await command(() => {
	const { values } = readArgs(USAGE, {
		options: {
			frame: { type: 'string' },
			plan: { type: 'string' },
			seed: { type: 'string' },
			excluded: { type: 'string' },
			'frame-out': { type: 'string' }
		}
	});
	if (!values.frame || !values.plan || !values.seed) throw new BadInput(`usage: ${USAGE}`);
	const { plan } = accept(values.plan, completePlan(readJson(values.plan)));
	const frame = readFrame(values.frame, plan);
	const excluded = values.excluded
		? accept(values.excluded, parseExcludedCsv(readInput(values.excluded))).excluded
		: [];
	if (values['frame-out'])
		writeFileSync(values['frame-out'], accept(values['frame-out'], formatFrameCsv(frame)).csv);

	const sealed = accept(values.plan, sealPlan(frame, excluded, plan));
	const { manifest, manifestHash, selectedRoot } = accept(
		'--seed',
		drawSealed(frame, sealed, { seed: values.seed })
	);
	print(manifest);
	say(`commitment    ${manifest.commitment}`);
	say(`manifestHash  ${manifestHash}`);
	say(`selectedRoot  ${selectedRoot}`);
});
