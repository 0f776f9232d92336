import { expect, test } from 'vitest';
import { studySlots } from './study-slots';

const got = async (taken: ReturnType<ReturnType<typeof studySlots>>) => {
	const slot = await taken;
	if (!slot.ok) throw new Error(slot.reason);
	return slot.release;
};

test('one an account, two on a server; a place given back goes to whoever waits', async () => {
	const take = studySlots();
	const first = await got(take('a', 0));
	expect(await take('a', 5)).toEqual({ ok: false, reason: 'own' });
	const second = await got(take('b', 0));
	expect(await take('c', 5)).toEqual({ ok: false, reason: 'server' });
	const third = got(take('c', 2000));
	const own = got(take('a', 2000));
	second();
	(await third)();
	first();
	(await own)();
	(await got(take('c', 0)))();
});
