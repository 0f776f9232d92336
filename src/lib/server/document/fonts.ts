// The typefaces 公文 ask for are not free, so each is named with what may stand in for it (w:altName of the font table),
// and the properties of a file carry the day of its facts, not that of the download.

const font = (eastAsia: string, latin = 'Times New Roman') => ({
	ascii: latin,
	hAnsi: latin,
	cs: latin,
	eastAsia
});

export const fonts = {
	title: font('方正小标宋_GBK', '方正小标宋_GBK'),
	body: font('仿宋_GB2312'),
	hei: font('黑体'),
	kai: font('楷体_GB2312'),
	song: font('宋体', '宋体'),
	/** Hashes and digits: every character equally wide. */
	code: font('仿宋_GB2312', 'Courier New')
};

/** Name, what stands in for it, PANOSE, pitch. */
const declared: [string, string, string, string][] = [
	[
		'方正小标宋_GBK',
		'方正小标宋简体,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,Noto Serif CJK SC,宋体',
		'03000509000000000000',
		'auto'
	],
	[
		'仿宋_GB2312',
		'仿宋,FangSong,STFangsong,华文仿宋,方正仿宋_GBK,FZFangSong-Z02',
		'02010609030101010101',
		'modern'
	],
	['楷体_GB2312', '楷体,KaiTi,STKaiti,华文楷体,方正楷体_GBK', '02010609030101010101', 'modern'],
	['黑体', 'SimHei,STHeiti,华文黑体,Noto Sans CJK SC', '02010609060101010101', 'modern'],
	['宋体', 'SimSun,STSong,华文宋体,Noto Serif CJK SC', '02010600030101010101', 'auto'],
	['Times New Roman', 'Liberation Serif', '02020603050405020304', 'roman'],
	['Courier New', 'Liberation Mono', '02070309020205020404', 'modern']
];

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export const fontTableXml = `${declaration}
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${declared
	.map(
		([name, instead, panose, family]) =>
			`<w:font w:name="${name}"><w:altName w:val="${instead}"/><w:panose1 w:val="${panose}"/>` +
			`<w:charset w:val="${/^[A-Z]/.test(name) ? '00' : '86'}"/><w:family w:val="${family}"/>` +
			`<w:pitch w:val="${family === 'modern' ? 'fixed' : 'variable'}"/></w:font>`
	)
	.join('')}</w:fonts>`;

const escaped = (text: string) =>
	text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** date: 2026年3月12日. */
export function corePropertiesXml(head: { title: string; creator: string; date: string }): string {
	const [year = '', month = '', day = ''] = head.date.match(/\d+/g) ?? [];
	const w3c = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00Z`;
	return `${declaration}
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(head.title)}</dc:title><dc:creator>${escaped(head.creator)}</dc:creator><cp:lastModifiedBy>${escaped(head.creator)}</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">${w3c}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${w3c}</dcterms:modified></cp:coreProperties>`;
}
