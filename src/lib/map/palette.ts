// The map's colours are the page's: read from the tokens of app.css in the theme that is on.
const names = [
	'surface',
	'ink',
	'ink-soft',
	'line-strong',
	'action',
	'mining',
	'mining-ink',
	'parcel',
	'parcel-ink',
	'drawn',
	'danger',
	'blacklist',
	'coverage-0',
	'coverage-1',
	'coverage-2',
	'coverage-3',
	'coverage-4',
	'coverage-5',
	'map-void',
	'map-land',
	'map-land-alt',
	'map-border',
	'map-label',
	'map-halo',
	'map-graticule'
] as const;
type Name = (typeof names)[number];
export type Palette = Readonly<Record<Name, `#${string}`>>;

export function readPalette(): Palette {
	const probe = document.createElement('span');
	probe.hidden = true;
	document.body.append(probe);
	const entries = names.map((name) => {
		probe.style.color = `var(--${name})`;
		return [name, toHexColour(getComputedStyle(probe).color)] as const;
	});
	probe.remove();
	return Object.fromEntries(entries) as Palette;
}

/** "rgb(31, 95, 191)" to "#1f5fbf": the form every library here takes. */
function toHexColour(computed: string): `#${string}` {
	const channels = computed.match(/\d+(\.\d+)?/g)?.slice(0, 3) ?? [];
	return `#${channels.map((value) => Math.round(Number(value)).toString(16).padStart(2, '0')).join('')}`;
}
