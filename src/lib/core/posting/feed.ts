// Feeds of postings: Atom (RFC 4287) and JSON Feed 1.1 of the same entries. An entry's id is its permanent address, so a
// withdrawn posting replaces itself in every reader with its tombstone. Invariant: whatever the text holds, the XML is well
// formed.

export interface FeedEntry {
	/** Permanent address, which is also its id. */
	address: string;
	title: string;
	summary: string;
	publishedAt: Date;
	updatedAt: Date;
	tags: string[];
}

export interface Feed {
	title: string;
	/** BCP 47. */
	language: string;
	author: string;
	licence: string;
	/** Of the site's page, and of the feed itself. */
	home: string;
	self: string;
	entries: readonly FeedEntry[];
}

/** Characters that XML 1.0 does not know are left out; the five that mean something are written out. */
const xml = (text: string): string =>
	text
		.toWellFormed()
		// eslint-disable-next-line no-control-regex
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const second = (at: Date) => at.toISOString().replace(/\.\d+Z$/, 'Z');

/** Of a feed without entries: the beginning of time, since something has to stand there. */
const updatedOf = ({ entries }: Feed): Date =>
	entries.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), new Date(0));

export function atomFeed(feed: Feed): string {
	const { title, language, author, licence, home, self, entries } = feed;
	const entry = ({ address, title, summary, publishedAt, updatedAt, tags }: FeedEntry) =>
		[
			'\t<entry>',
			`\t\t<id>${xml(address)}</id>`,
			`\t\t<title>${xml(title)}</title>`,
			`\t\t<link rel="alternate" type="text/html" href="${xml(address)}"/>`,
			`\t\t<published>${second(publishedAt)}</published>`,
			`\t\t<updated>${second(updatedAt)}</updated>`,
			...tags.map((tag) => `\t\t<category term="${xml(tag)}"/>`),
			`\t\t<summary>${xml(summary)}</summary>`,
			'\t</entry>'
		].join('\n');
	return [
		'<?xml version="1.0" encoding="utf-8"?>',
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xml(language)}">`,
		`\t<id>${xml(self)}</id>`,
		`\t<title>${xml(title)}</title>`,
		`\t<updated>${second(updatedOf(feed))}</updated>`,
		`\t<author><name>${xml(author)}</name></author>`,
		`\t<link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
		`\t<link rel="alternate" type="text/html" href="${xml(home)}"/>`,
		`\t<rights>${xml(licence)}</rights>`,
		...entries.map(entry),
		'</feed>',
		''
	].join('\n');
}

/** https://www.jsonfeed.org/version/1.1/ */
export const jsonFeed = ({ title, language, author, licence, home, self, entries }: Feed) => ({
	version: 'https://jsonfeed.org/version/1.1',
	...{ title, language, description: licence },
	...{ home_page_url: home, feed_url: self, authors: [{ name: author }] },
	items: entries.map(({ address, title: of, summary, publishedAt, updatedAt, tags }) => ({
		...{ id: address, url: address, title: of, content_text: summary, tags },
		...{ date_published: second(publishedAt), date_modified: second(updatedAt) }
	}))
});
