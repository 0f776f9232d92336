// One row of a target import (采矿权, 地块): identity, holder, status; everything else becomes attributes.
// null where the cell is empty: on a known target what is stored stays, on a new one a default holds.
// Invariant: a code that breaks the format of its kind is kept with a warning, a 统一社会信用代码 failing both checks is not.

import { readStatedArea, type StatedArea } from '../geo/stated-area';
import type { TargetKind } from '../model';
import { checkUscc, isEstateUnit, isMiningLicence } from './codes';
import { rowReader, type Cells, type Outcome } from './validate';

const statuses = {
	active: ['正常', '有效', '在产', '生产', '在建', '已供应', '在用', '1'],
	suspended: ['停产', '停建', '暂停', '中止', '闲置', '2'],
	closed: ['关闭', '注销', '闭坑', '吊销', '过期', '收回', '3']
} as const;

type TargetStatus = keyof typeof statuses;

export interface TargetRow {
	code: string;
	name: string | null;
	/** 统一社会信用代码 of the holder. */
	party: string | null;
	/** False where the file has no such column: what is known stays. */
	partyGiven: boolean;
	/** Name of the holder, by which an unknown party is added to the directory. */
	partyName: string | null;
	status: TargetStatus | null;
	/** As stated: compared with the outline, or its stand-in where the geometry is a point. */
	area: StatedArea | null;
}

export function targetRow(kind: TargetKind, cells: Cells): Outcome<TargetRow> {
	const row = rowReader(cells);
	const code = row.code('code');
	if (kind === 'mining_right' && code && !isMiningLicence(code))
		row.warn('code', 'licence_form', { value: code });
	if (kind === 'land_parcel' && code && !isEstateUnit(code)) row.warn('code', 'unit_form', { value: code });
	const party = row.text('party', 64).toUpperCase();
	if (party) {
		const check = checkUscc(party);
		if (check === 'malformed' || check === 'wrong') row.refuse('party', `uscc_${check}`, { value: party });
		if (check === 'doubtful') row.warn('party', 'uscc_doubtful', { value: party });
	}
	const stated = row.text('area');
	const area = readStatedArea(stated, '平方米');
	if (stated && !area) row.refuse('area', 'number_form', { value: stated });
	return row.finish({
		code,
		name: row.text('name') || null,
		party: party || null,
		partyGiven: cells.has('party'),
		partyName: row.text('party_name') || null,
		status: row.optionalChoice('status', statuses),
		area
	});
}
