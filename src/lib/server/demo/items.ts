// The inspection items of geodata/items.csv as rows of app.item.
import { readItems } from './geodata';
import type { TargetKind } from '../../core/model';

export interface Item {
	code: string;
	name: string;
	kind: TargetKind;
	content: string;
	basis: string;
	method: string;
	category: 'priority' | 'general';
	scopes: string[];
	minutes: number;
	source: string;
}

export function makeItems(): Item[] {
	return readItems().map((row) => {
		const { code, name, kind, content, basis, method, category, scope, minutes, source } = row as Record<
			'code' | 'name' | 'kind' | 'content' | 'basis' | 'method' | 'category' | 'scope' | 'minutes' | 'source',
			string
		>;
		if (kind !== 'mining_right' && kind !== 'land_parcel')
			throw new Error(`items.csv: ${code} is of no kind`);
		return {
			code,
			name,
			kind,
			content,
			basis,
			method,
			category: category === '重点' ? 'priority' : 'general',
			scopes: scope.split('+'),
			minutes: Number(minutes),
			source
		};
	});
}
