// Mapbox Vector Tile 2.1 encoder, for databases built without ST_AsMVT. Coordinates arrive whole, in tile units, y down,
// outer rings counter-clockwise in those units (the spec's positive area); nothing is clipped or rounded here.
import { PbfWriter } from 'pbf';

type Scalar = string | number | boolean | null;
type Ring = readonly (readonly [x: number, y: number])[];

export interface TileFeature {
	/** Null values are left out, as ST_AsMVT does. */
	properties: Record<string, Scalar>;
	/** Little- or big-endian WKB of a Point, MultiPoint, Polygon or MultiPolygon. */
	geometry: Uint8Array;
}

export interface TilePart {
	name: string;
	extent: number;
	features: readonly TileFeature[];
}

/** Spec §4.3.3: command id in the low 3 bits, repeat count above. */
const moveTo = (count: number) => (count << 3) | 1;
const lineTo = (count: number) => (count << 3) | 2;
const closePath = (1 << 3) | 7;
const zigzag = (n: number) => (n << 1) ^ (n >> 31);

const geometryType = { point: 1, polygon: 3 } as const;

/** A part without features is left out. */
export function encodeTile(parts: readonly TilePart[]): Uint8Array {
	const pbf = new PbfWriter();
	for (const part of parts) if (part.features.length > 0) pbf.writeMessage(3, writePart, part);
	return pbf.finish();
}

function writePart(part: TilePart, pbf: PbfWriter): void {
	const keys = new Map<string, number>();
	const values = new Map<Scalar, number>();
	pbf.writeVarintField(15, 2); // version
	pbf.writeStringField(1, part.name);
	for (const feature of part.features) {
		const tags: number[] = [];
		for (const [key, value] of Object.entries(feature.properties)) {
			if (value !== null) tags.push(indexOf(keys, key), indexOf(values, value));
		}
		pbf.writeMessage(2, writeFeature, { tags, ...readGeometry(feature.geometry) });
	}
	for (const key of keys.keys()) pbf.writeStringField(3, key);
	for (const value of values.keys()) pbf.writeMessage(4, writeValue, value);
	pbf.writeVarintField(5, part.extent);
}

function indexOf<K>(dictionary: Map<K, number>, key: K): number {
	let index = dictionary.get(key);
	if (index === undefined) dictionary.set(key, (index = dictionary.size));
	return index;
}

function writeFeature(feature: { tags: number[]; type: number; commands: number[] }, pbf: PbfWriter): void {
	pbf.writePackedVarint(2, feature.tags);
	pbf.writeVarintField(3, feature.type);
	pbf.writePackedVarint(4, feature.commands);
}

function writeValue(value: Scalar, pbf: PbfWriter): void {
	if (typeof value === 'string') pbf.writeStringField(1, value);
	else if (typeof value === 'boolean') pbf.writeBooleanField(7, value);
	else if (Number.isSafeInteger(value)) pbf.writeSVarintField(6, value as number);
	else pbf.writeDoubleField(3, value as number);
}

/** WKB (OGC 06-103r4 §8.2) to drawing commands. */
function readGeometry(wkb: Uint8Array): { type: number; commands: number[] } {
	const view = new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength);
	let at = 0;
	let little = true;
	const uint = () => view.getUint32((at += 4) - 4, little);
	const double = () => view.getFloat64((at += 8) - 8, little);
	const point = (): readonly [number, number] => [double(), double()];
	const many = <T>(read: () => T): T[] => Array.from({ length: uint() }, read);
	const head = () => {
		little = view.getUint8(at++) === 1;
		return uint();
	};
	const inner = <T>(read: () => T) => many(() => (head(), read()));

	const kind = head();
	if (kind === 1) return { type: geometryType.point, commands: pointCommands([point()]) };
	if (kind === 4) return { type: geometryType.point, commands: pointCommands(inner(point)) };
	const ring = () => many(point);
	if (kind === 3) return { type: geometryType.polygon, commands: ringCommands(many(ring)) };
	if (kind === 6)
		return { type: geometryType.polygon, commands: ringCommands(inner(() => many(ring)).flat()) };
	throw new Error(`no tile geometry for WKB type ${kind}`);
}

function pointCommands(points: Ring): number[] {
	const commands = [moveTo(points.length)];
	const pen = pencil(commands);
	for (const point of points) pen(point);
	return commands;
}

/** WKB repeats the first point at the end of a ring; a tile closes it with a command. */
function ringCommands(rings: readonly Ring[]): number[] {
	const commands: number[] = [];
	const pen = pencil(commands);
	for (const ring of rings) {
		commands.push(moveTo(1));
		pen(ring[0] as readonly [number, number]);
		commands.push(lineTo(ring.length - 2));
		for (const point of ring.slice(1, -1)) pen(point);
		commands.push(closePath);
	}
	return commands;
}

/** Coordinates are differences from the last one of the whole feature. */
function pencil(commands: number[]): (point: readonly [number, number]) => void {
	let x = 0;
	let y = 0;
	return ([nextX, nextY]) => {
		commands.push(zigzag(nextX - x), zigzag(nextY - y));
		x = nextX;
		y = nextY;
	};
}
