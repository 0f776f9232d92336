import { redirect } from '@sveltejs/kit';
import { thisYear } from './year-of';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(307, `/annual/${thisYear()}`);
