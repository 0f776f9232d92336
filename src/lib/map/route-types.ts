// What the map of day routes is given.
import type { LonLat } from '../core/model';

export interface RouteLine {
	number: number;
	colour: string;
	/** Which of the dash patterns. */
	dash: number;
	dimmed: boolean;
	points: readonly LonLat[];
}

export interface RouteStop {
	visit: number;
	at: LonLat;
	/** Its place on the route; ! where it is on none. */
	label: string;
	colour: string;
	dimmed: boolean;
	leftOver: boolean;
}
