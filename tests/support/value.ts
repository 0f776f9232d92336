/** The successful side of a result; a failure fails the test and says why. */
export function value<R extends { ok: boolean }>(result: R): Extract<R, { ok: true }> {
	if (!result.ok) throw new Error(JSON.stringify(result));
	return result as Extract<R, { ok: true }>;
}
