// One corner as surveyors, licences and notices write it: X north and Y east in metres, or degrees, or degrees, minutes
// and seconds whose marks were lost. Which number is which is told by its size alone, which in China never fails:
// north 1.5–6.2 million m; east under 1 million, or with the prefix of a zone of 6° (13–23) or 3° (25–45).
// Invariant: a pair that fits no reading is null, never a guess.

export interface Corner {
	/** Metres with the prefix of a 3° zone (`bare`: without any), or degrees of longitude. */
	east: number;
	/** Metres, or degrees of latitude. */
	north: number;
	unit: 'metre' | 'degree';
	/** East came first. */
	swapped: boolean;
	bare: boolean;
}

const isNorth = (value: number) => value >= 1.5e6 && value < 6.2e6;
const isLongitude = (value: number) => value >= 72 && value <= 137;
const isLatitude = (value: number) => value >= 3 && value <= 54.5;

/** A 6° zone n has the meridian of the 3° zone 2n − 1, and the same metres. */
function easting(value: number): { east: number; bare: boolean } | null {
	if (value >= 1e4 && value < 1e6) return { east: value, bare: true };
	const zone = Math.floor(value / 1e6);
	if (zone >= 25 && zone <= 45) return { east: value, bare: false };
	return zone >= 13 && zone <= 23 ? { east: value + (zone - 1) * 1e6, bare: false } : null;
}

/** `1185624.5` → 118°56′24.5″ in degrees; null where minutes or seconds would be 60 and more. */
function unpacked(value: number): number | null {
	const degrees = Math.floor(value / 10_000);
	const minutes = Math.floor(value / 100) % 100;
	const seconds = value % 100;
	return minutes < 60 && seconds < 60 ? degrees + minutes / 60 + seconds / 3600 : null;
}

const MARKS =
	/^[东北EN]?[经纬]?\s*(\d{1,3})[°度ºd\s]\s*(\d{1,2})[′'’分m\s]\s*(\d{1,2}(?:\.\d+)?)\s*(?:[″"”秒s]|''|’’|′′)?\s*[EN]?$/i;

/** A plain number, or degrees-minutes-seconds with marks or with blanks in their place. */
export function readOrdinate(text: string): number | null {
	const plain = text.trim().replace(/米$/, '');
	if (/^\d{1,9}(\.\d{1,12})?$/.test(plain)) return Number(plain);
	const parts = MARKS.exec(plain.slice(0, 60));
	if (!parts) return null;
	const [degrees, minutes, seconds] = parts.slice(1).map(Number) as [number, number, number];
	return minutes < 60 && seconds < 60 ? degrees + minutes / 60 + seconds / 3600 : null;
}

export function readCorner(first: string, second: string): Corner | null {
	const [a, b] = [readOrdinate(first), readOrdinate(second)];
	if (a === null || b === null) return null;
	return ordered(a, b, false) ?? ordered(b, a, true);
}

function ordered(north: number, side: number, swapped: boolean): Corner | null {
	const metres = isNorth(north) ? easting(side) : null;
	if (metres) return { ...metres, north, unit: 'metre', swapped };
	const degree = { unit: 'degree', swapped, bare: false } as const;
	if (isLatitude(north) && isLongitude(side)) return { ...degree, east: side, north };
	if (north < 30_000 || side < 720_000) return null;
	const [lat, lon] = [unpacked(north), unpacked(side)];
	return lat !== null && lon !== null && isLatitude(lat) && isLongitude(lon)
		? { ...degree, east: lon, north: lat }
		: null;
}

const EVERY_MARK = /[°º度′'’分″"”秒]/g;
export type ListedCorner = Corner & { label: string; ring: number | null };

/** Every pair of coordinates in a line: tables of notices have two columns of them. */
export function cornersIn(line: string): ListedCorner[] {
	if (line.length > 400) return [];
	const marked = /[°º度]/.test(line);
	const tokens = line
		.replace(marked ? EVERY_MARK : /$^/, ' ')
		.split(/[\s,，;；|、]+/)
		.filter((token) => token !== '');
	const found: ListedCorner[] = [];
	let from = 0;
	for (let at = 0; at + 1 < tokens.length; at++) {
		const corner = cornerAt(tokens, at);
		// A small number before a pair is its label, also where it could be a latitude.
		if (!corner || (/^\d{1,3}$/.test(tokens[at]!) && cornerAt(tokens, at + 1))) continue;
		const before = tokens.slice(from, at);
		const numbered = before.length > 1 && /^\d{1,4}$/.test(before.at(-1)!);
		const ring = numbered ? Number(before.at(-1)) : null;
		const { tokens: length, ...pair } = corner;
		found.push({ ...pair, label: before.at(numbered ? -2 : -1) ?? '', ring });
		at += length - 1;
		from = at + 1;
	}
	return found;
}

/** The pair that begins here: two numbers, or degrees, minutes and seconds twice. */
function cornerAt(tokens: readonly string[], at: number): (Corner & { tokens: number }) | null {
	const threes = at + 5 < tokens.length ? readCorner(joined(tokens, at), joined(tokens, at + 3)) : null;
	if (threes) return { ...threes, tokens: 6 };
	const pair = at + 1 < tokens.length ? readCorner(tokens[at]!, tokens[at + 1]!) : null;
	return pair && { ...pair, tokens: 2 };
}

const joined = (tokens: readonly string[], at: number) => tokens.slice(at, at + 3).join(' ');
