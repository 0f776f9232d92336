// Why a whole import could not run, in words that name the file and the way out.
// Invariant: a failure leaves nothing written; it is a value, not an exception.

export interface ImportFailure {
	reason: FailureReason;
	/** Base name of the file, '' when it is not about one. */
	file: string;
	values: Readonly<Record<string, string | number>>;
}

const words = {
	no_county: [
		'没有登记的县级行政区：先运行 npm start 或 demo',
		'no county is registered: run npm start or demo first'
	],
	file_missing: ['找不到文件', 'the file does not exist'],
	file_kind: [
		'不认识的文件类型：可用 GeoJSON、CSV、Shapefile（.zip，或 .shp 连同 .dbf .shx .prj）、GeoPackage，道路还可用 OpenStreetMap（.osm.pbf）',
		'unknown file type: give GeoJSON, CSV, Shapefile (.zip, or .shp with .dbf .shx .prj) or GeoPackage; for roads OpenStreetMap (.osm.pbf) too'
	],
	file_unreadable: ['文件无法读取：{detail}', 'the file cannot be read: {detail}'],
	zip_unreadable: ['压缩包无法读取：{detail}', 'the archive cannot be read: {detail}'],
	zip_empty: ['压缩包中没有可导入的文件', 'nothing in the archive can be imported'],
	shape_part: ['缺少 {part}：请与 .shp 一并选择', '{part} is missing: choose it together with the .shp'],
	text_encoding: [
		'不能按 {encoding} 解码：用 --encoding 指明编码',
		'is not {encoding}: name the encoding with --encoding'
	],
	empty: ['文件没有数据行', 'the file has no rows'],
	layer_choice: [
		'文件有多个图层（{layers}）：用 --layer 指明',
		'the file has several layers ({layers}): name one with --layer'
	],
	layer_unknown: [
		'没有图层“{layer}”，文件中有：{layers}',
		'there is no layer “{layer}”; the file has: {layers}'
	],
	crs_unknown: [
		'坐标系不明（X {minX}–{maxX}，Y {minY}–{maxY}）：用 --crs 指明 EPSG 编号',
		'unknown coordinate system (X {minX}–{maxX}, Y {minY}–{maxY}): name its EPSG number with --crs'
	],
	crs_unsupported: [
		'EPSG:{epsg} 的文字坐标不能转换：请改用 GeoPackage 或 Shapefile，或先转换为 4490',
		'coordinates of EPSG:{epsg} in a text file cannot be converted: use GeoPackage or Shapefile, or convert to 4490 first'
	],
	column_missing: [
		'没有“{field}”列，用 --map {field}=列名 指明；文件有：{names}',
		'no column for “{field}”: name it with --map {field}=COLUMN; the file has: {names}'
	],
	column_unknown: ['没有列“{field}”，文件有：{names}', 'there is no column “{field}”; the file has: {names}'],
	field_unknown: ['没有字段“{field}”，可用：{names}', 'there is no field “{field}”; known: {names}'],
	no_townships: [
		'还没有乡镇界，无法判定所在乡镇：先导入乡镇（--kind township）',
		'there are no townships yet to place targets in: import them first (--kind township)'
	],
	clock_behind: [
		'现有数据的生效时间 {newest} 晚于现在：请校准服务器时钟',
		'existing versions begin at {newest}, later than now: set the clock of the server right'
	]
} as const;

export type FailureReason = keyof typeof words;

export function failureText({ reason, file, values }: ImportFailure, english = false): string {
	const text = words[reason][english ? 1 : 0].replace(/\{(\w+)\}/g, (_, key: string) =>
		String(values[key] ?? '')
	);
	return file ? `${file}：${text}` : text;
}
