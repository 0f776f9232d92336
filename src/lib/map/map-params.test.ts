import { expect, test } from 'vitest';
import { encodeArea } from './area-param';
import { formatParams, parseParams } from './map-params';

const roundTrip = (text: string) => formatParams(parseParams(new URLSearchParams(text))).toString();

test('the defaults leave the address bare', () => expect(roundTrip('')).toBe(''));

test.each([
	'at=11.5%2F25.86000%2F118.93000',
	'layers=township%2Ccells',
	'base=img&h3=7&draw=3&target=C350',
	`area=${encodeArea([
		[
			[
				[118, 25],
				[119, 25],
				[119, 26],
				[118, 25]
			]
		]
	])}&rule=contains&kind=mining_right`,
	'townships=350125100%2C350125101&kind=land_parcel'
])('%s comes back as it went', (text) => expect(roundTrip(text)).toBe(text));

test.each([
	'at=99/1/1',
	'at=x',
	'draw=0',
	'draw=-1',
	'kind=other',
	'rule=touches',
	'h3=12',
	'townships=abc',
	'area=!!'
])('%s counts as absent', (text) => expect(roundTrip(text)).toBe(''));
