// The chosen theme lives in a cookie; the server writes it into <html data-theme>, so the first paint is the right one.
import { createSubscriber } from 'svelte/reactivity';

export type ThemeChoice = 'light' | 'dark' | 'system';

const change = 'fairlot:theme';

class Theme {
	#subscribe = createSubscriber((update) => {
		const system = matchMedia('(prefers-color-scheme: dark)');
		system.addEventListener('change', update);
		window.addEventListener(change, update);
		return () => {
			system.removeEventListener('change', update);
			window.removeEventListener(change, update);
		};
	});

	get choice(): ThemeChoice {
		this.#subscribe();
		if (typeof document === 'undefined') return 'system';
		const value = document.documentElement.dataset.theme;
		return value === 'light' || value === 'dark' ? value : 'system';
	}

	get dark(): boolean {
		const choice = this.choice;
		if (choice !== 'system') return choice === 'dark';
		return typeof matchMedia === 'function' && matchMedia('(prefers-color-scheme: dark)').matches;
	}

	choose(choice: ThemeChoice): void {
		document.documentElement.dataset.theme = choice;
		const maxAgeS = choice === 'system' ? 0 : 31_536_000;
		document.cookie = `theme=${choice}; path=/; max-age=${maxAgeS}; samesite=lax`;
		window.dispatchEvent(new Event(change));
	}
}

export const theme = new Theme();
