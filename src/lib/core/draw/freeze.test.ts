import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { value } from '../../../../tests/support/value';
import { frameRow } from './frame';
import { freezeCsv, toGrid } from './freeze';

const options = { crs: 'EPSG:4549', h3Resolution: 7, grid: 1 };

describe('the freeze', () => {
	it('projects, rounds and takes the cell from the unrounded point', () => {
		const { frame } = value(
			freezeCsv('id,lon,lat,township,weight,take\n矿1,118.94,25.87,350125100,3,1\n', options)
		);
		expect(frameRow(frame, 0)).toEqual({
			id: '矿1',
			township: '350125100',
			cell: latLngToCell(25.87, 118.94, 7),
			x: 393755,
			y: 2862861,
			weight: 3,
			take: 1,
			salt: ''
		});
		const coarse = value(freezeCsv('id,lon,lat,township\na,118.94,25.87,T', { ...options, grid: 100 }));
		expect(frameRow(coarse.frame, 0)).toMatchObject({ x: 393800, y: 2862900, weight: 1, take: 0 });
	});

	it('leaves zone prefixes out, and finds a CRS when none is given', () => {
		const at = (crs: string | null) =>
			value(freezeCsv('id,lon,lat,township\na,118.94,25.87,T', { ...options, crs }));
		expect(frameRow(at('EPSG:4528').frame, 0).x).toBe(393755);
		expect(frameRow(at('EPSG:4548').frame, 0)).toMatchObject({ x: 694465, y: 2863869 });
		expect(at(null).crs).toBe('EPSG:4549');
	});

	it('rounds halves up, below zero too', () => {
		expect([0.5, 1.4, 1.5, -0.5, -0.6, -1.5].map((metres) => toGrid(metres, 1))).toEqual([
			1, 1, 2, 0, -1, -1
		]);
		expect([49, 50, 149.9, -50, -51].map((metres) => toGrid(metres, 100))).toEqual([0, 100, 100, 0, -100]);
		expect(Object.is(toGrid(-0.2, 1), 0)).toBe(true);
	});

	it.each([
		['id,lon,lat,township\na,abc,25,T', { reason: 'not_degrees', line: 2, field: 'lon', value: 'abc' }],
		['id,lon,lat,township\na,118,25,T\nb,118,95,T', { reason: 'not_degrees', line: 3, field: 'lat' }],
		['id,lon,lat,township\na,118,25,T\nb,25,118,T', { line: 3 }],
		['id,lon,lat,township\na,100,25,T', { reason: 'outside_zone', line: 2, field: 'lon', value: '100' }],
		['id,lon,lat,township\na,119,25,T\na,119,25,T', { reason: 'duplicate', line: 3, field: 'id' }],
		['id,lon,lat,township,weight\na,119,25,T,', { reason: 'not_whole', line: 2, field: 'weight', value: '' }],
		['id,lon,lat\na,119,25', { reason: 'header', line: 1 }]
	])('refuses %j', (text, error) => {
		expect(freezeCsv(text, options)).toMatchObject({ ok: false, ...error });
	});

	it('refuses a CRS that is no 3° zone', () => {
		expect(freezeCsv('id,lon,lat,township\na,119,25,T', { ...options, crs: 'EPSG:4490' })).toEqual({
			ok: false,
			reason: 'unknown_crs',
			crs: 'EPSG:4490'
		});
	});
});
