/**
 * The map with a card open. `search`: the map's present query, whose selection and layers stay as they are;
 * the view moves to what the card is about.
 */
export function cardAddress(search: string, card: Record<string, string>): string {
	const query = new URLSearchParams(search);
	for (const name of ['target', 'party', 'township', 'at']) query.delete(name);
	for (const [name, value] of Object.entries(card)) query.set(name, value);
	return `/map?${query}`;
}
