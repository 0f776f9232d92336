// Names of routes and stops as the files carry them.
import type { RouteView, VehicleKey, ViewVisit } from '../../../schema/route';

export const nameOf = ({ party, targets }: ViewVisit): string => party ?? targets[0]!.name;

export const routeName = (view: RouteView, { day, office, team }: VehicleKey): string =>
	`${day} ${view.offices.find(({ code }) => code === office)?.name ?? office} ${team}`;

/** Seconds of the day as 09:05. */
export function clock(seconds: number): string {
	const minutes = Math.round(seconds / 60);
	return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Text inside XML 1.0: the five entities, and no character it cannot hold. */
export const xml = (text: string): string =>
	text
		// eslint-disable-next-line no-control-regex
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
