// Where the phone is and which way it looks, while a page asks for it. Kept nowhere: only arrivals and photos record it.
import type { Fix } from '../core/field/event';
import { toE7 } from '../core/field/pack';

class Position {
	fix = $state.raw<Fix | null>(null);
	/** Degrees from north; null: not known. */
	heading = $state<number | null>(null);
	refused = $state(false);
	#watch: number | null = null;
	#users = 0;

	/** Returns what stops it. */
	follow(): () => void {
		if (this.#users++ === 0 && 'geolocation' in navigator) {
			this.#watch = navigator.geolocation.watchPosition(
				({ coords }) => {
					this.fix = {
						at: toE7([coords.longitude, coords.latitude]),
						accuracyM: Math.min(1_000_000, Math.max(0, Math.ceil(coords.accuracy)))
					};
					this.refused = false;
				},
				({ code }) => (this.refused = code === 1),
				{ enableHighAccuracy: true, maximumAge: 10_000, timeout: 60_000 }
			);
			window.addEventListener('deviceorientationabsolute', this.#turn as EventListener);
		}
		return () => {
			if (--this.#users > 0) return;
			if (this.#watch !== null) navigator.geolocation.clearWatch(this.#watch);
			this.#watch = null;
			window.removeEventListener('deviceorientationabsolute', this.#turn as EventListener);
		};
	}
	#turn = ({ alpha }: DeviceOrientationEvent) => {
		if (alpha !== null) this.heading = Math.round(360 - alpha) % 360;
	};
}
export const position = new Position();
