// Archives as an attacker makes them: every field of an entry can lie.
import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
	name: string;
	content: Buffer | string;
	/** Said instead of the true length. */
	claims?: number;
	/** Unix mode in the external attributes; 0o120777 is a link. */
	mode?: number;
	encrypted?: boolean;
}

export function zipOf(entries: readonly Packed[]): Buffer {
	const bodies: Buffer[] = [];
	const heads: Buffer[] = [];
	let offset = 0;
	for (const { name, content, claims, mode = 0o100644, encrypted = false } of entries) {
		const raw = Buffer.from(content);
		const packed = deflateRawSync(raw, { level: 9 });
		const title = Buffer.from(name, 'utf8');
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(0x800 | (encrypted ? 1 : 0), 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(crc32(raw), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(claims ?? raw.length, 18);
		common.writeUInt16LE(title.length, 22);
		const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, packed]);
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE((mode << 16) >>> 0, 6);
		tail.writeUInt32LE(offset, 10);
		heads.push(
			Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common.subarray(0, 26), tail, title])
		);
		bodies.push(body);
		offset += body.length;
	}
	const directory = Buffer.concat(heads);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 0, 'latin1');
	end.writeUInt16LE(entries.length, 8);
	end.writeUInt16LE(entries.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...bodies, directory, end]);
}
