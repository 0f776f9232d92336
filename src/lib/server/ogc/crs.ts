// The systems in which features are asked for and answered. CRS84 is what GeoJSON means: longitude, latitude; CGCS2000
// differs from it by centimetres and is what is stored. EPSG names geographic axes the other way round.

export interface Crs {
	uri: string;
	/** null: as stored. */
	epsg: number | null;
	/** Latitude, or north, first. */
	swapped: boolean;
}

const epsg = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`;
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
export const STORED = epsg(4490);

/** plane: of the county, without zone prefix; CGCS2000 in 3° zones gives north first. */
export const systems = (plane: number): Crs[] => [
	{ uri: CRS84, epsg: null, swapped: false },
	{ uri: STORED, epsg: null, swapped: true },
	{ uri: epsg(4326), epsg: null, swapped: true },
	{ uri: epsg(3857), epsg: 3857, swapped: false },
	{ uri: epsg(plane), epsg: plane, swapped: true }
];

export const crsOf = (uri: string | null, plane: number): Crs | undefined =>
	systems(plane).find((one) => one.uri === (uri ?? CRS84).replace(/^\[|\]$/g, ''));
