// crew: the lottery of crews for a problem in JSON (core/crew/README.md), and with a seed the pairing its ticket picks.
// `--verify` checks such an answer again with the separate verifier.

import { drawTicket, describeLottery } from '../lib/core/crew/document';
import { aimedAt, lottery, type LotteryStep } from '../lib/core/crew/lottery';
import type { Shortage } from '../lib/core/crew/shortage';
import { verifyCrews } from '../lib/core/crew/verify';
import { parseCrewProblem } from '../lib/schema/crew';
import { openSolver } from '../lib/server/highs';
import { accept, BadInput, command, print, readArgs, readJson, say } from './command';

const USAGE = 'crew PROBLEM.json [--seed HEX] | crew --verify ANSWER.json [--commitment HEX]';
const STEPS: Record<LotteryStep, string> = {
	pairing: 'a first lawful pairing',
	bounds: 'bounds of every lottery under these rules',
	portfolio: 'portfolio',
	proof: 'proof of the bound on chances'
};

function sentence(shortage: Shortage): string {
	const { what, which, short, day, route, townships, holders, kept, taken } = shortage;
	const named = which === '' ? what : `${what} ${which}`;
	const away = Object.entries(kept).map(([rule, count]) => `${count} ${rule.replace('_', ' ')}`);
	if (taken > 0) away.push(`${taken} needed elsewhere or with nobody to go with`);
	const why = holders === 0 ? 'nobody on the roster' : `of ${holders} on the roster: ${away.join(', ')}`;
	const place = `${day}, route ${route} (${townships.join(' ') || 'no township'})`;
	const that = `${shortage.wantedThatDay} seats wanted that day, ${shortage.ableThatDay} inspectors can go`;
	return `${place}: ${short} short, ${named}; ${why}; ${that}`;
}

function check(path: string, commitment: string | undefined): number {
	const answer = readJson(path);
	if (typeof answer !== 'object' || answer === null)
		throw new BadInput(`${path}: not an answer of this command`);
	// What the solver aimed at is told beside the proof and is no part of it.
	const { programme: _programme, ...document } = answer as Record<string, unknown>;
	const verified = verifyCrews({ document, commitment });
	print(verified);
	if (!verified.ok) say(`differs at ${verified.path}${verified.because ? `: ${verified.because}` : ''}`);
	else if (verified.selfConsistentOnly)
		say('self-consistent only: give --commitment from paper or the portal');
	return verified.ok ? 0 : 1;
}

async function hold(path: string, seed: string | undefined): Promise<number> {
	if (seed !== undefined && !/^[0-9a-f]{64}$/.test(seed))
		throw new BadInput(`--seed: 64 digits of lower-case hex\nusage: ${USAGE}`);
	const { problem } = accept(path, parseCrewProblem(readJson(path)));
	let told = '';
	const began = performance.now();
	const held = lottery(problem, await openSolver(), ({ step, done }) => {
		const line = `${STEPS[step]}${done > 0 ? ` ${Math.floor(done * 100)} %` : ''}`;
		if (line !== told) say(line);
		told = line;
	});
	if (!held.ok && held.reason === 'short') {
		print(held);
		say('no lawful pairing of all routes:');
		for (const shortage of held.shortages) say(sentence(shortage));
		return 1;
	}
	if (!held.ok && held.reason === 'unsolved') {
		print(held);
		say(`not solved: ${held.because}`);
		return 1;
	}
	const found = accept(path, held);
	const described = accept(path, describeLottery(found));
	const { document } = accept('--seed', drawTicket(described.lottery, seed === undefined ? null : { seed }));
	const programme = aimedAt(found);
	print({ programme, ...document });
	const { smallestWorkload, workloadBound, largestChance, chanceBound } = document.figures;
	say(`smallest expected workload  ${smallestWorkload}, no lottery has more than ${workloadBound}`);
	say(`largest chance  ${largestChance}, no lottery with that workload has less than ${chanceBound}`);
	say(`marginals within ${programme.error} of the programme`);
	say(`portfolio  ${document.plan.portfolio.size} pairings, root ${document.plan.portfolio.root}`);
	say(`commitment  ${document.commitment}`);
	if (document.ticket !== null) say(`ticket  ${document.ticket}`);
	say(`${((performance.now() - began) / 1000).toFixed(1)} s`);
	return 0;
}

await command(() => {
	const { values, positionals } = readArgs(USAGE, {
		allowPositionals: true,
		options: { seed: { type: 'string' }, verify: { type: 'string' }, commitment: { type: 'string' } }
	});
	if (values.verify !== undefined) {
		if (positionals.length > 0 || values.seed !== undefined) throw new BadInput(`usage: ${USAGE}`);
		return check(values.verify, values.commitment);
	}
	const [path] = positionals;
	if (positionals.length !== 1 || !path || values.commitment !== undefined)
		throw new BadInput(`usage: ${USAGE}`);
	return hold(path, values.seed);
});
