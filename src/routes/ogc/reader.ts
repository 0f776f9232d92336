// Who asks the feature service, and how it answers.
import { error, json, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages';
import { decide } from '$lib/server/access';
import { isCollection, visibleTo, type CollectionId, type Reader } from '$lib/server/ogc/collections';
import type { Titles } from '$lib/server/ogc/documents';

type Event = Pick<RequestEvent, 'locals' | 'url' | 'setHeaders'>;

/** Whoever may open the map may read the directories; everybody else is the public. */
export function readerOf({ locals }: Pick<RequestEvent, 'locals'>): Reader {
	const asked = { route: '/(office)/map', method: 'GET', action: null };
	const { embedded, demonstration, user, db, portal, county } = locals;
	const { ok } = decide(asked, user, { guests: embedded, demonstration });
	return { db, portal, county: county.code, reads: ok };
}

/** The collection, where whoever asks may see it. */
export function collectionFor(
	event: Pick<RequestEvent, 'locals'>,
	id: string
): { reader: Reader; id: CollectionId } {
	const reader = readerOf(event);
	if (!isCollection(id)) error(404, m.directory_ogc_unknown());
	if (!visibleTo(reader).includes(id)) error(event.locals.user ? 403 : 401, m.directory_ogc_closed());
	return { reader, id };
}

export const rootOf = ({ url }: Pick<RequestEvent, 'url'>): string => `${url.origin}/ogc`;

export const titles = (): Titles => ({
	townships: { title: m.registry_kind_township(), description: m.directory_ogc_townships() },
	offices: { title: m.registry_kind_office(), description: m.directory_ogc_offices() },
	mining_rights: { title: m.registry_kind_mining_right(), description: m.directory_ogc_mining_rights() },
	land_parcels: { title: m.registry_kind_land_parcel(), description: m.directory_ogc_land_parcels() }
});

/** What a role may see does not stay in a cache that others share. */
export const answer = (
	event: Event,
	body: unknown,
	type = 'application/json',
	headers: Record<string, string> = {}
) => json(body, { headers: { 'content-type': type, 'cache-control': 'private, no-cache', ...headers } });
