// One key each: R, P, L take a tool; Esc puts it down, then closes the card; Delete clears; F shows the county.
import type { MapState, Tool } from './map-state.svelte';

export interface Commands {
	undo(): void;
	redo(): void;
	fit(): void;
}

const tools: Record<string, Tool> = { r: 'rectangle', p: 'polygon', l: 'freehand' };
const typing = 'input, textarea, select, [contenteditable], [role="dialog"], [role="listbox"]';

export function onShortcut(event: KeyboardEvent, view: MapState, commands: Commands): void {
	const on = event.target;
	if (event.defaultPrevented || event.altKey || (on instanceof Element && on.closest(typing))) return;
	const key = event.key.toLowerCase();
	if (event.ctrlKey || event.metaKey) {
		if (key === 'z' && !event.shiftKey) commands.undo();
		else if (key === 'y' || key === 'z') commands.redo();
		else return;
		event.preventDefault();
		return;
	}
	const tool = tools[key];
	if (tool) view.tool = view.tool === tool ? null : tool;
	else if (key === 'escape' && view.tool) view.tool = null;
	else if (key === 'escape') view.open(null);
	else if (key === 'delete' && view.area.length > 0) view.setArea([]);
	else if (key === 'f') commands.fit();
}
