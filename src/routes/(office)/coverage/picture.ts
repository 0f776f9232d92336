// Pictures to put into a report: the map with its title, legend, date and source, or a chart on white. Made in the
// browser from what is on the screen.
import { m } from '$lib/i18n/paraglide/messages';
import { mapPicture, type MapHandle } from '$lib/map/map-picture';
import type { CoverageTable } from '$lib/core/coverage/table';
import type { BoundaryNote } from '$lib/map/workspace-types';
import { numberText } from '$lib/ui/number-text';
import type { CoverageDesk } from './coverage-desk.svelte';
import { measureText, positionText, shadeTexts } from './coverage-text';
import { keyFigures } from './key-figures';
import { filterText, sourceText } from './sheet-text';

const tokenOf = (name: string) => {
	const probe = document.createElement('span');
	probe.style.color = `var(--${name})`;
	document.body.append(probe);
	const { color } = getComputedStyle(probe);
	probe.remove();
	return color;
};

function save(canvas: HTMLCanvasElement, name: string): Promise<void> {
	return new Promise((done) =>
		canvas.toBlob((blob) => {
			if (blob) {
				const link = document.createElement('a');
				link.href = URL.createObjectURL(blob);
				link.download = `${name}.png`;
				link.click();
				setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
			}
			done();
		}, 'image/png')
	);
}

/** Writes in the page's font on a canvas `scale` times as sharp; `width`: longer text is broken into lines. Answers how
 *  far it came, and below which line. */
function writer(pen: CanvasRenderingContext2D, scale: number) {
	const family = getComputedStyle(document.body).fontFamily;
	return (text: string, x: number, y: number, size: number, weight = 400, width = Infinity) => {
		pen.font = `${weight} ${size * scale}px ${family}`;
		let line = '';
		for (const sign of text.match(/[\w’]+|./gu) ?? []) {
			if (line && pen.measureText(line + sign).width > width * scale) {
				pen.fillText(line, x * scale, y * scale);
				line = '';
				y += size * 1.4;
			}
			line += sign;
		}
		pen.fillText(line, x * scale, y * scale);
		return { right: x + pen.measureText(line).width / scale, y };
	};
}

/** Swatch and words of a shade, or of a gap. */
function swatch(
	pen: CanvasRenderingContext2D,
	scale: number,
	x: number,
	y: number,
	colour: string,
	gap: boolean
) {
	const box = [x * scale, y * scale, 24 * scale, 12 * scale] as const;
	pen.lineWidth = 2 * scale;
	pen.strokeStyle = pen.fillStyle = tokenOf(colour);
	if (gap) pen.strokeRect(...box);
	else pen.fillRect(...box);
	pen.fillStyle = tokenOf('ink');
}
const legendOf = ({ measure }: CoverageDesk) => [
	...shadeTexts(measure).map((text, k) => ({ text, colour: `coverage-${k}`, gap: false })),
	{ text: m.coverage_legend_gap(), colour: 'danger', gap: true }
];
const titleOf = ({ measure }: CoverageDesk) => `${m.coverage_title()} · ${measureText(measure)}`;
const subtitleOf = (desk: CoverageDesk, table: CoverageTable) =>
	[positionText(table, desk.position), filterText(desk, table)].join(' · ');

/** Lines above the map, legend and source below it, at the sharpness of the screen. */
export async function saveMap(
	map: MapHandle,
	desk: CoverageDesk,
	boundary: BoundaryNote | null
): Promise<void> {
	if (!desk.table) return;
	const picture = await mapPicture(map);
	const scale = picture.width / map.getContainer().clientWidth;
	const [head, foot] = [60 * scale, 60 * scale];
	const canvas = document.createElement('canvas');
	canvas.width = picture.width;
	canvas.height = picture.height + head + foot;
	const pen = canvas.getContext('2d')!;
	pen.fillStyle = tokenOf('surface');
	pen.fillRect(0, 0, canvas.width, canvas.height);
	pen.drawImage(picture, 0, head);
	const write = writer(pen, scale);
	pen.fillStyle = tokenOf('ink');
	write(titleOf(desk), 16, 26, 18, 600);
	write(subtitleOf(desk, desk.table), 16, 48, 13);
	let x = 16;
	const y = canvas.height / scale - 60;
	for (const { text, colour, gap } of legendOf(desk)) {
		swatch(pen, scale, x, y + 12, colour, gap);
		x = write(text, x + 30, y + 23, 12).right + 16;
	}
	pen.fillStyle = tokenOf('ink-soft');
	write(sourceText(boundary), 16, y + 46, 12);
	await save(canvas, titleOf(desk).replace(' · ', '-'));
}

const SLIDE = { width: 1280, height: 720, scale: 1.5, side: 340, head: 84 };

/** A slide of 16:9, 1920 × 1080: the map, the figures beside it, legend and source. */
export async function saveSlide(
	map: MapHandle,
	desk: CoverageDesk,
	boundary: BoundaryNote | null
): Promise<void> {
	const { table, figures } = desk;
	if (!table || !figures) return;
	const { width, height, scale, side, head } = SLIDE;
	const picture = await mapPicture(map);
	const canvas = document.createElement('canvas');
	canvas.width = width * scale;
	canvas.height = height * scale;
	const pen = canvas.getContext('2d')!;
	pen.fillStyle = tokenOf('surface');
	pen.fillRect(0, 0, canvas.width, canvas.height);
	const [roomX, roomY] = [(width - side - 24) * scale, (height - head - 24) * scale];
	const fit = Math.min(roomX / picture.width, roomY / picture.height);
	const [mapX, mapY] = [picture.width * fit, picture.height * fit];
	pen.fillStyle = tokenOf('map-void');
	pen.fillRect(24 * scale, head * scale, roomX, roomY);
	pen.drawImage(picture, 24 * scale + (roomX - mapX) / 2, head * scale + (roomY - mapY) / 2, mapX, mapY);
	const write = writer(pen, scale);
	pen.fillStyle = tokenOf('ink');
	write(titleOf(desk), 24, 40, 26, 600);
	write(subtitleOf(desk, table), 24, 66, 15);
	const left = width - side + 24;
	const text = side - 48;
	let y = head + 14;
	for (const { label, value, more } of keyFigures(desk, figures)) {
		pen.fillStyle = tokenOf('ink-soft');
		write(label, left, y, 14);
		pen.fillStyle = tokenOf('ink');
		const { right } = write(numberText(value), left, y + 32, 28, 600);
		pen.fillStyle = tokenOf('ink-soft');
		write(more, right + 10, y + 32, 14);
		y += 62;
	}
	for (const { text: words, colour, gap } of legendOf(desk)) {
		swatch(pen, scale, left, y, colour, gap);
		write(words, left + 32, y + 11, 13);
		y += 20;
	}
	pen.fillStyle = tokenOf('ink-soft');
	write(sourceText(boundary), left, y + 18, 11, 400, text);
	await save(canvas, `${titleOf(desk).replace(' · ', '-')}-16x9`);
}

/** A chart as wide as a slide, with its title. */
export async function saveChart(svg: SVGSVGElement, title: string): Promise<void> {
	const { width, height } = svg.getBoundingClientRect();
	const image = new Image();
	const text = new XMLSerializer().serializeToString(svg);
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
	await image.decode();
	// As wide as a slide of 1920 points.
	const scale = Math.max(2, 1920 / width);
	const canvas = document.createElement('canvas');
	canvas.width = width * scale;
	canvas.height = (height + 32) * scale;
	const pen = canvas.getContext('2d')!;
	pen.scale(scale, scale);
	pen.fillStyle = tokenOf('surface');
	pen.fillRect(0, 0, width, height + 32);
	pen.fillStyle = tokenOf('ink');
	pen.font = `600 14px ${getComputedStyle(document.body).fontFamily}`;
	pen.fillText(title, 12, 22);
	pen.drawImage(image, 0, 32, width, height);
	await save(canvas, title);
}
