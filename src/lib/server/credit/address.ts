// Which addresses a message may go to: public ones, and those that are listed one by one. Everything that is not plainly a
// public address of the net is refused: loopback, private, link-local, shared, multicast, and IPv6 that carries IPv4 inside.
import { BlockList, isIP } from 'node:net';

const blocked = new BlockList();
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.0.2.0', 24],
	['192.88.99.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['198.51.100.0', 24],
	['203.0.113.0', 24],
	['224.0.0.0', 3]
] as const)
	blocked.addSubnet(network, prefix, 'ipv4');

/** Global unicast, and what of it is set aside: IETF protocols with Teredo, documentation, 6to4. */
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
const aside6 = new BlockList();
for (const [network, prefix] of [
	['2001::', 23],
	['2001:db8::', 32],
	['2002::', 16],
	['3fff::', 20]
] as const)
	aside6.addSubnet(network, prefix, 'ipv6');

/** Anything but an address as it is written in full (0x7f.1, 127.1, 017700000001, fe80::1%eth0) is not public. */
export function isPublic(address: string): boolean {
	switch (address.includes('%') ? 0 : isIP(address)) {
		case 4:
			return !blocked.check(address, 'ipv4');
		case 6:
			return global6.check(address, 'ipv6') && !aside6.check(address, 'ipv6');
		default:
			return false;
	}
}

/** Whether an address is in a list of addresses and networks. */
export function inList(address: string, list: readonly string[]): boolean {
	const family = isIP(address);
	return list.some((one) => {
		const [network = '', prefix] = one.split('/');
		if (isIP(network) !== family || family === 0) return false;
		const type = family === 4 ? 'ipv4' : 'ipv6';
		const block = new BlockList();
		if (prefix === undefined) block.addAddress(network, type);
		else block.addSubnet(network, Number(prefix), type);
		return block.check(address, type);
	});
}

export const isLoopback = (address: string) => inList(address, ['127.0.0.0/8', '::1']);
