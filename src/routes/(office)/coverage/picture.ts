// Pictures to put into a report: the map with its title, legend, date and source, or a chart on white. Made in the
// browser from what is on the screen.
import { m } from '$lib/i18n/paraglide/messages';
import { mapPicture, type MapHandle } from '$lib/map/map-picture';
import type { BoundaryNote } from '$lib/map/workspace-types';
import type { CoverageDesk } from './coverage-desk.svelte';
import { measureText, positionText, shadeTexts } from './coverage-text';
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
	const write = (text: string, x: number, y: number, size: number, weight = 400) => {
		pen.font = `${weight} ${size * scale}px ${getComputedStyle(document.body).fontFamily}`;
		pen.fillText(text, x * scale, y * scale);
		return pen.measureText(text).width / scale;
	};
	pen.fillStyle = tokenOf('ink');
	write(`${m.coverage_title()} · ${measureText(desk.measure)}`, 16, 26, 18, 600);
	write([positionText(desk.table, desk.position), filterText(desk, desk.table)].join(' · '), 16, 48, 13);
	let x = 16;
	const y = canvas.height / scale - 60;
	for (const [k, text] of shadeTexts(desk.measure).entries()) {
		pen.fillStyle = tokenOf(`coverage-${k}`);
		pen.fillRect(x * scale, (y + 12) * scale, 24 * scale, 12 * scale);
		pen.fillStyle = tokenOf('ink');
		x += 30 + write(text, x + 30, y + 23, 12) + 16;
	}
	pen.strokeStyle = tokenOf('danger');
	pen.lineWidth = 2 * scale;
	pen.strokeRect(x * scale, (y + 12) * scale, 24 * scale, 12 * scale);
	write(m.coverage_legend_gap(), x + 30, y + 23, 12);
	pen.fillStyle = tokenOf('ink-soft');
	write(sourceText(boundary), 16, y + 46, 12);
	await save(canvas, `${m.coverage_title()}-${measureText(desk.measure)}`);
}

/** A chart at twice its size, with its title. */
export async function saveChart(svg: SVGSVGElement, title: string): Promise<void> {
	const { width, height } = svg.getBoundingClientRect();
	const image = new Image();
	const text = new XMLSerializer().serializeToString(svg);
	image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
	await image.decode();
	const scale = 2;
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
