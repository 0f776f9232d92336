/** The view of a list lives in the URL: `changes` applied to it, a default ('') left out, back on the first page. */
export function listAddress(url: URL, changes: Record<string, string>): string {
	const search = new URLSearchParams(url.search);
	search.delete('page');
	for (const [key, value] of Object.entries(changes)) {
		if (value === '') search.delete(key);
		else search.set(key, value);
	}
	const text = search.toString();
	return url.pathname + (text && `?${text}`);
}
