// Marks and hatches, drawn on a canvas in the theme's colours at twice their size. Kinds differ by shape as well as
// by colour (diamond: mining right, square: land parcel), states by filling, the blacklisted by a hatch.
import type { Palette } from './palette';

export const pixelRatio = 2;

export interface MapImage {
	id: string;
	image: ImageData;
}

type Pen = CanvasRenderingContext2D;

/** width and height in CSS px. */
function paint(id: string, size: number, draw: (pen: Pen, size: number) => void): MapImage {
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = size * pixelRatio;
	const pen = canvas.getContext('2d', { willReadFrequently: true }) as Pen;
	pen.scale(pixelRatio, pixelRatio);
	pen.lineJoin = 'round';
	draw(pen, size);
	return { id, image: pen.getImageData(0, 0, canvas.width, canvas.height) };
}

const shapes = {
	mining_right: (inset: number, size: number) => {
		const path = new Path2D();
		const c = size / 2;
		path.moveTo(c, inset);
		path.lineTo(size - inset, c);
		path.lineTo(c, size - inset);
		path.lineTo(inset, c);
		path.closePath();
		return path;
	},
	land_parcel: (inset: number, size: number) => {
		const path = new Path2D();
		path.rect(inset + 2, inset + 2, size - 2 * inset - 4, size - 2 * inset - 4);
		return path;
	}
};

export function mapImages(colours: Palette): MapImage[] {
	const kinds = [
		{ kind: 'mining_right', colour: colours.mining, size: 16 },
		{ kind: 'land_parcel', colour: colours.parcel, size: 14 }
	] as const;
	const marks = kinds.flatMap(({ kind, colour, size }) => {
		const shape = shapes[kind];
		const mark = (state: string, fill: string, edge: string, extra?: (pen: Pen, path: Path2D) => void) =>
			paint(`${kind}-${state}`, size, (pen) => {
				const path = shape(2, size);
				pen.strokeStyle = colours['map-halo'];
				pen.lineWidth = 3;
				pen.stroke(path);
				pen.fillStyle = fill;
				pen.fill(path);
				pen.strokeStyle = edge;
				pen.lineWidth = 1.25;
				pen.stroke(path);
				extra?.(pen, path);
			});
		const slash = (pen: Pen, path: Path2D) => {
			pen.clip(path);
			pen.beginPath();
			pen.moveTo(0, size);
			pen.lineTo(size, 0);
			pen.stroke();
		};
		return [
			mark('active', colour, colours['map-halo']),
			mark('suspended', colours['map-halo'], colour),
			mark('closed', colours['map-halo'], colours['line-strong'], slash),
			mark('blacklist', colours['map-halo'], colours.blacklist, (pen, path) => {
				pen.clip(path);
				hatchLines(pen, size, 3, 1.25, colours.blacklist);
			})
		];
	});
	return [
		...marks,
		paint('drawn', 24, (pen, size) => seal(pen, size, colours.drawn, colours.surface, true)),
		paint('substitute', 18, (pen, size) => seal(pen, size, colours.drawn, colours.surface, false)),
		paint('office', 18, (pen) => {
			const house = new Path2D('M9 2 16 8v8H2V8z');
			pen.fillStyle = colours.action;
			pen.strokeStyle = colours['map-halo'];
			pen.lineWidth = 2;
			pen.stroke(house);
			pen.fill(house);
			pen.fillStyle = colours['map-halo'];
			pen.fillRect(7.5, 10.5, 3, 5.5);
		}),
		paint('hatch-suspended', 8, (pen, size) => hatchLines(pen, size, 8, 1, colours['ink-soft'])),
		paint('hatch-closed', 8, (pen, size) => {
			hatchLines(pen, size, 8, 1, colours['ink-soft']);
			pen.translate(size, 0);
			pen.scale(-1, 1);
			hatchLines(pen, size, 8, 1, colours['ink-soft']);
		}),
		paint('hatch-blacklist', 6, (pen, size) => hatchLines(pen, size, 6, 1.75, colours.blacklist))
	];
}

/** Diagonals a whole number of times across the side, so that the pattern repeats without a seam. */
function hatchLines(pen: Pen, size: number, gap: number, width: number, colour: string): void {
	pen.strokeStyle = colour;
	pen.lineWidth = width;
	pen.beginPath();
	for (let at = -size; at <= size; at += gap) {
		pen.moveTo(at - 1, size + 1);
		pen.lineTo(at + size + 1, -1);
	}
	pen.stroke();
}

/** The drawn carry a seal; a substitute the same seal, hollow. */
function seal(pen: Pen, size: number, red: string, paper: string, filled: boolean): void {
	const c = size / 2;
	pen.beginPath();
	pen.arc(c, c, c - 2, 0, 2 * Math.PI);
	pen.fillStyle = filled ? red : paper;
	pen.fill();
	pen.lineWidth = filled ? 2 : 2.5;
	pen.strokeStyle = filled ? paper : red;
	pen.stroke();
	if (filled) return;
	pen.beginPath();
	pen.arc(c, c, c - 0.75, 0, 2 * Math.PI);
	pen.lineWidth = 1;
	pen.strokeStyle = paper;
	pen.stroke();
}
