import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inList, isPublic } from './address';
import { exchange } from './exchange';
import { authorityOf, creditSettings, wayOf } from './settings';

test('private, link-local, shared and special addresses are not public, in whatever form', () => {
	const refused = [
		...[
			'0.0.0.0',
			'10.0.0.1',
			'100.64.0.1',
			'100.127.255.255',
			'127.0.0.1',
			'127.255.0.9',
			'169.254.169.254'
		],
		...['172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1'],
		...['240.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a00:1'],
		...[
			'::7f00:1',
			'64:ff9b::7f00:1',
			'2002:7f00:1::',
			'2001:0:53aa::1',
			'2001:db8::1',
			'3fff::1',
			'fc00::1'
		],
		...[
			'fdff::1',
			'fe80::1',
			'fe80::1%eth0',
			'2400::1%eth0',
			'fec0::1',
			'ff02::1',
			'0x7f.0.0.1',
			'0x7f000001'
		],
		...['2130706433', '017700000001', '0177.0.0.1', '127.1', '08.8.8.8', '8.8.8.8 ', '', 'localhost']
	];
	expect(refused.filter(isPublic)).toEqual([]);
	for (const address of ['8.8.8.8', '100.63.0.1', '100.128.0.1', '172.32.0.1', '2400:3200::1', '2a00::1'])
		expect(isPublic(address), address).toBe(true);
});

test('a mapped address is never public, and whole networks are in or out', () => {
	fc.assert(
		fc.property(fc.ipV4(), (v4) => !isPublic(`::ffff:${v4}`) && !isPublic(`::${v4}`)),
		{ numRuns: 200 }
	);
	fc.assert(
		fc.property(fc.nat(0xffffff), fc.constantFrom(10, 127, 0), (rest, first) => {
			const v4 = [first, rest >> 16, (rest >> 8) & 255, rest & 255].join('.');
			return !isPublic(v4) && inList(v4, [`${first}.0.0.0/8`]) && !inList(v4, ['11.0.0.0/8', '::/0']);
		})
	);
	fc.assert(
		fc.property(fc.ipV6(), (v6) => !isPublic(v6) || /^[23]/.test(v6)),
		{ numRuns: 300 }
	);
});

test('hosts that are not listed, names that lead inside, and plain http are refused before anything is sent', async () => {
	const asked = (url: string, addresses: string[], listed: string[] = []) =>
		exchange(
			{ url, method: 'POST', headers: {}, body: '' },
			{
				...{ hosts: ['credit.example', '0x7f.1', '127.0.0.1', '127.0.0.1:9', '[::1]'], addresses: listed },
				...{ resolve: async () => addresses, timeoutMs: 200 }
			}
		);
	const reason = async (...args: Parameters<typeof asked>) => {
		const answer = await asked(...args);
		return answer.ok ? 'ok' : answer.reason;
	};
	expect(await reason('https://other.example/', ['8.8.8.8'])).toBe('host');
	expect(await reason('https://a:b@credit.example/', ['8.8.8.8'])).toBe('host');
	expect(await reason('https://credit.example:8443/', ['8.8.8.8'])).toBe('host');
	expect(await reason('https://credit.example/', ['8.8.8.8', '10.0.0.1'])).toBe('address');
	expect(await reason('https://credit.example/', [])).toBe('network');
	// The address of an address in another spelling is what it means.
	expect(await reason('https://0x7f.1/', ['8.8.8.8'])).toBe('address');
	expect(await reason('https://[::1]/', ['8.8.8.8'])).toBe('address');
	expect(await reason('http://credit.example/', ['8.8.8.8'])).toBe('scheme');
	expect(await reason('http://127.0.0.1:9/', [])).toBe('address');
	expect(await reason('http://127.0.0.1:9/', [], ['127.0.0.1'])).toBe('network');
});

test('a mistake in the settings stops the start with what to set', () => {
	const url = 'json:https://credit.example/v1';
	const env = { FAIRLOT_CREDIT_CHINA: url, FAIRLOT_CREDIT_HOSTS: 'credit.example' };
	expect(() => creditSettings({ FAIRLOT_CREDIT_CHINA: 'soap:x' })).toThrow('FAIRLOT_CREDIT_CHINA: one of');
	expect(() => creditSettings({ FAIRLOT_CREDIT_CHINA: url })).toThrow('FAIRLOT_CREDIT_HOSTS');
	expect(() => creditSettings(env)).toThrow('FAIRLOT_CREDIT_CHINA_SECRET');
	expect(() => creditSettings({ FAIRLOT_CREDIT_ENTERPRISE: 'folder:drop' })).toThrow('absolute');
	expect(() => creditSettings({ FAIRLOT_CREDIT_ADDRESSES: '10.1.2' })).toThrow('10.1.2');
	const settings = creditSettings({ ...env, FAIRLOT_CREDIT_CHINA_SECRET: 'x'.repeat(32) });
	const way = (demo: boolean, embedded: boolean) => wayOf(settings, 'credit_china', { demo, embedded }).way;
	expect([way(false, false), way(true, true), way(true, false), way(false, true)]).toEqual([
		...['json', 'counterpart', 'counterpart', 'none']
	]);
	expect(wayOf(settings, 'enterprise', { demo: false, embedded: false })).toEqual({
		way: 'none',
		why: 'unset'
	});
	const county = { code: '350125', name: '永泰县', demo: false };
	expect(authorityOf({}, county).uscc).toBe('');
	expect(authorityOf({}, { ...county, demo: true }).uscc).toHaveLength(18);
});
