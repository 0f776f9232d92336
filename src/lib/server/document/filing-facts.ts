// Loads what the papers of a draw say (书面备案), from the sealed plan and the manifest as they were hashed; names are those
// of the draw's day. Before the digits of all witnesses may be known they are not among the facts.
import type { Manifest } from '../../core/draw/manifest';
import type { SealedPlan } from '../../core/draw/plan';
import type { FilingFacts } from '../../schema/filing';
import { accountNames } from '../ceremony/parts';
import { listSubstitutions, readCeremony, type CeremonyView } from '../ceremony/reading';
import { readCheckpoint } from '../checkpoint';
import { bureauOf, type County } from '../county';
import { filingCrews } from '../crew/filing-crews';
import type { Database } from '../db/database';
import { excludedRows, readManifest, townshipNamesAt } from '../draw-reading';
import { ruleOn } from '../rule';
import { inFours, instantWords, dayWords, yearOf, percentOf, reasonWords, sharesOf } from './fact-words';
import { againOf, endOf, enteredBeacon, seqOf, targetFacts } from './fact-rows';

export type FilingLoad =
	| { ok: true; facts: FilingFacts }
	/** not_announced: frozen only, or aborted before its commitment. */
	| { ok: false; reason: 'no_such_draw' | 'not_announced' };

/** @param origin of this site, as https://host; at: the instant printed on the papers */
export async function loadFiling(
	db: Database,
	county: County,
	id: number,
	origin: string,
	at: Date
): Promise<FilingLoad> {
	const view = await readCeremony(db, county.code, id);
	if (!view) return { ok: false, reason: 'no_such_draw' };
	const { sealed_plan } = await db
		.selectFrom('app.ceremony')
		.where('county', '=', county.code)
		.where('draw', '=', id)
		.select('sealed_plan')
		.executeTakeFirstOrThrow();
	const { seq, commitment, announcedAt } = view;
	if (!sealed_plan || !announcedAt || seq === null || commitment === null)
		return { ok: false, reason: 'not_announced' };
	const sealed = JSON.parse(sealed_plan) as SealedPlan;
	const manifest = await readManifest(db, county.code, id);
	const list = manifest ? await listFacts(db, county.code, view, manifest) : null;
	const portal = `${origin}/portal/draws/${seq}?c=${commitment}`;
	const facts: FilingFacts = {
		...{ county: county.name, bureau: bureauOf(county), demo: county.demo },
		...{ draw: id, state: view.state, readAt: instantWords(at), date: dayWords(at), year: yearOf(at) },
		plan: await planFacts(db, county.code, view, sealed, manifest),
		...(await excludedFacts(db, county.code, view)),
		...{ seq, commitment, prev: view.prev, level: sealed.entropy!.level, nonceCommit: sealed.nonceCommit! },
		...(await peopleFacts(db, county.code, view)),
		noticeMinutes: view.noticeMinutes,
		yearCap: (await ruleOn(db, county.code, 'year_cap', view.drawnAt ?? at))?.value ?? null,
		steps: {
			frozen: instantWords(view.frozenAt),
			announced: instantWords(announcedAt),
			locked: view.lockedAt && instantWords(view.lockedAt),
			drawn: view.drawnAt && instantWords(view.drawnAt),
			revealed: view.revealedAt && instantWords(view.revealedAt)
		},
		...{ revealBy: instantWords(view.revealBy), closeBy: instantWords(view.closeBy), list },
		crews: await filingCrews(db, county.code, id, instantWords),
		redoOf: view.redoOf === null ? null : await seqOf(db, county.code, view.redoOf),
		again: await againOf(db, county.code, id),
		superiorConsent: view.superiorConsent,
		ended: await endOf(db, county.code, id),
		checkpoint: (await readCheckpoint(db, county.code))?.note ?? null,
		verifier: { html: sealed.verifier?.html ?? null, py: sealed.verifier?.py ?? null },
		portal
	};
	return { ok: true, facts };
}

async function planFacts(
	db: Database,
	county: string,
	view: CeremonyView,
	sealed: SealedPlan,
	manifest: Manifest | undefined
): Promise<FilingFacts['plan']> {
	const names = await townshipNamesAt(db, county, view.frozenAt);
	const drawnIn = (code: string) => manifest?.selected.filter(({ township }) => township === code).length;
	return {
		...{ id: view.plan, name: view.planName, kind: view.kind as FilingFacts['plan']['kind'] },
		...{ frameSize: sealed.frame.size, sampleSize: sealed.sampleSize, gridM: sealed.grid ?? 1 },
		...{ minPerTownship: sealed.minPerTownship ?? 0, h3Resolution: sealed.h3Resolution ?? 0 },
		...{
			substitutes: sealed.substitutes ?? 0,
			crs: sealed.crs ?? '',
			publicFrame: sealed.publicFrame === true
		},
		...{ root: sealed.frame.root, excludedRoot: sealed.frame.excludedRoot },
		allocation: sealed.allocation.map(({ township, size, mass }) => ({
			...{ township: names.get(township) ?? township, size, due: sharesOf(mass) },
			drawn: drawnIn(township) ?? null
		}))
	};
}

async function excludedFacts(db: Database, county: string, view: CeremonyView) {
	const rows = await excludedRows(db, county, view.id);
	const of = await targetFacts(
		db,
		county,
		view.frozenAt,
		rows.map(({ id }) => id)
	);
	return {
		excludedCounts: view.excluded.map(({ reason, count }) => ({
			reason: reasonWords(reason),
			count: Number(count)
		})),
		excluded: rows.map(({ id, reason }) => ({ ...of(id), reason: reasonWords(reason) }))
	};
}

async function peopleFacts(db: Database, county: string, view: CeremonyView) {
	const accounts = [...view.signatures, ...view.objections].map(({ account }) => account);
	const names = await accountNames(db, accounts);
	const nameOf = (account: string) => names.get(account) ?? account;
	const entered = await enteredBeacon(db, county, view.id);
	return {
		operator: view.operatorName,
		witnesses: view.witnesses.map(({ name, body, digits, hash, givenAt, paper }) => ({
			...{ name, body, hash, paper, digits: digits && inFours(digits) },
			givenAt: givenAt && instantWords(givenAt)
		})),
		paper: view.paper && {
			...{ reason: view.paper.reason, signed: view.paper.signed, scan: view.paper.scan },
			...{ cutAt: instantWords(view.paper.cutAt), drawnAt: instantWords(view.paper.drawnAt) },
			...{ recordedBy: view.paper.recordedByName, recordedAt: instantWords(view.paper.recordedAt) }
		},
		beacon:
			view.beaconSource === null || view.beaconAfter === null
				? null
				: {
						...{ source: view.beaconSource, after: instantWords(view.beaconAfter), value: view.beaconValue },
						...{ evidence: view.beaconEvidence, enteredAt: entered && instantWords(entered) }
					},
		signatures: view.signatures.map(({ account, role, at }) => ({
			...{ name: nameOf(account), role: role as 'operator' | 'witness', at: instantWords(at) }
		})),
		objections: view.objections.map(({ account, at, statement }) => ({
			...{ name: nameOf(account), at: instantWords(at), statement }
		}))
	};
}

async function listFacts(db: Database, county: string, view: CeremonyView, manifest: Manifest) {
	const townships = await townshipNamesAt(db, county, view.frozenAt);
	const codes = manifest.selected.flatMap(({ id }) => [id, ...(manifest.substitutes[id] ?? [])]);
	const of = await targetFacts(db, county, view.frozenAt, codes);
	const granted = (await listSubstitutions(db, county, view.id)).filter(
		({ decision }) => decision === 'approved'
	);
	return {
		...{ manifestHash: view.manifestHash!, selectedRoot: view.selectedRoot! },
		rows: manifest.selected.map(({ id, serial, township, mass }) => ({
			...{ ...of(id), serial, township: townships.get(township) ?? township, chance: percentOf(mass) },
			substitutes: (manifest.substitutes[id] ?? []).map(of)
		})),
		granted: granted.reverse().map(({ serial, rank, failed, substitute, reason, decidedAt }) => ({
			...{ serial, rank, failed, substitute, reason: reasonWords(reason), at: instantWords(decidedAt!) }
		}))
	};
}
