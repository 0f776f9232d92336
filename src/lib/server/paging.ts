/** The page of a list that is shown when this one is asked for, how many there are, and how many rows lie before it. */
export function shownPage(
	total: number,
	asked: number,
	size: number
): { page: number; pages: number; offset: number } {
	const pages = Math.max(1, Math.ceil(total / size));
	const page = Math.min(Math.max(1, asked), pages);
	return { page, pages, offset: (page - 1) * size };
}
