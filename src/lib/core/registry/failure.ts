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
		'不认识的文件类型：可用 Shapefile（.zip，或 .shp 连同 .dbf .shx .prj）、FileGDB（.gdb 的 .zip）、GeoPackage、GeoJSON、KML、DXF、XLSX、CSV、界址点坐标 .txt，道路还可用 OpenStreetMap（.osm.pbf）',
		'unknown file type: give a Shapefile (.zip, or .shp with .dbf .shx .prj), FileGDB (.zip of the .gdb), GeoPackage, GeoJSON, KML, DXF, XLSX, CSV or a .txt of boundary points; for roads OpenStreetMap (.osm.pbf) too'
	],
	file_unreadable: ['文件无法读取：{detail}', 'the file cannot be read: {detail}'],
	zip_damaged: [
		'压缩包已损坏，请重新打包（{entry}）',
		'the archive is damaged: please pack it again ({entry})'
	],
	zip_too_large: [
		'压缩包解开后超过 300 MB 或 1000 个文件，或比它自己写的更大（{entry}）：请分批',
		'the archive holds over 300 MB or 1,000 files, or more than it says ({entry}): please split it'
	],
	zip_unsafe_name: [
		'压缩包中的文件名“{entry}”指向包外，已拒绝',
		'a name in the archive leads outside it and is refused: {entry}'
	],
	zip_link: ['压缩包中的“{entry}”是链接，已拒绝', 'the archive holds a link, which is refused: {entry}'],
	zip_encrypted: [
		'压缩包有密码：请解密后再打包',
		'the archive is encrypted: please pack it without a password'
	],
	zip_nested: [
		'压缩包中还有压缩包“{entry}”：请只打包一层',
		'the archive holds another archive, {entry}: please pack one level only'
	],
	zip_method: [
		'“{entry}”的压缩方法不认识：请用普通 ZIP 打包',
		'unknown compression of {entry}: please pack it as an ordinary ZIP'
	],
	over_limits: [
		'超过 {features} 个图形或 {vertices} 个顶点：请分批导入',
		'over {features} features or {vertices} vertices: please import it in parts'
	],
	deadline: [
		'读取超过 {minutes} 分钟，已停止：请检查文件，或分批导入',
		'reading took over {minutes} minutes and was stopped: please check the file, or import it in parts'
	],
	zip_empty: ['压缩包中没有可导入的文件', 'nothing in the archive can be imported'],
	shape_part: ['缺少 {part}：请与 .shp 一并选择', '{part} is missing: choose it together with the .shp'],
	text_encoding: [
		'不能按 {encoding} 解码：请选定文字编码（命令行 --encoding）',
		'is not {encoding}: choose the encoding (on the command line --encoding)'
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
	datum_old: [
		'坐标系是“{datum}”，与 2000 国家大地坐标系相差数十米，须用本地七参数转换：填入七参数（命令行 --datum 文件），或请测绘单位转换为 2000 坐标系后再导入',
		'the coordinate system is “{datum}”, tens of metres from CGCS2000: give its seven local parameters (--datum FILE on the command line), or have the surveyors convert it to CGCS2000 first'
	],
	crs_unknown: [
		'坐标系不明（X {minX}–{maxX}，Y {minY}–{maxY}）：请选定坐标系（命令行 --crs EPSG 编号）',
		'unknown coordinate system (X {minX}–{maxX}, Y {minY}–{maxY}): choose one (on the command line --crs EPSG)'
	],
	crs_unsupported: [
		'EPSG:{epsg} 的文字坐标不能转换：请改用 GeoPackage 或 Shapefile，或先转换为 4490',
		'coordinates of EPSG:{epsg} in a text file cannot be converted: use GeoPackage or Shapefile, or convert to 4490 first'
	],
	column_missing: [
		'没有“{field}”列：请选定对应的列（命令行 --map {field}=列名）；文件有：{names}',
		'no column for “{field}”: choose one (on the command line --map {field}=COLUMN); the file has: {names}'
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
