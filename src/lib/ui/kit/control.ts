// The look of every box one types or chooses in.
export const controlClass =
	'h-9 w-full rounded border border-line-strong/70 bg-surface px-3 text-ink transition-colors hover:border-action ' +
	'aria-invalid:border-danger disabled:bg-sunken disabled:text-ink-soft disabled:pointer-events-none';
