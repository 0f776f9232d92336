// The preview that follows a form: 300 ms after the last change the server is asked, and only the last answer counts.
import * as v from 'valibot';
import type { PlanPreview } from '$lib/schema/draw';
import { planSpec, type PlanForm } from '$lib/schema/plan';

const DELAY_MS = 300;

export function livePreview(first: PlanPreview, form: () => PlanForm) {
	let preview = $state.raw(first);
	let busy = $state(false);
	let failed = $state(false);
	let attempt = $state(0);
	let shown = '';

	// A form with an error in it keeps the last preview; the field says what is wrong.
	const wanted = $derived.by(() => {
		const parsed = v.safeParse(planSpec, form());
		return parsed.success ? JSON.stringify(parsed.output) : null;
	});

	$effect(() => {
		const body = wanted;
		void attempt;
		if (body === null || body === shown) return;
		if (shown === '') {
			shown = body;
			return;
		}
		const controller = new AbortController();
		busy = true;
		const timer = setTimeout(async () => {
			try {
				const headers = { 'content-type': 'application/json' };
				const response = await fetch('/plans/preview', {
					method: 'POST',
					headers,
					body,
					signal: controller.signal
				});
				if (!response.ok) throw new Error(response.statusText);
				preview = (await response.json()) as PlanPreview;
				shown = body;
				failed = busy = false;
			} catch {
				if (controller.signal.aborted) return;
				failed = true;
				busy = false;
			}
		}, DELAY_MS);
		return () => {
			clearTimeout(timer);
			controller.abort();
		};
	});

	return {
		get preview() {
			return preview;
		},
		get busy() {
			return busy;
		},
		get failed() {
			return failed;
		},
		retry: () => void attempt++
	};
}
