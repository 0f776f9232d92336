// Feeds against a strict reading of RFC 4287 and JSON Feed 1.1, whatever text they hold; where libxml2 is at hand, it finds
// them valid by the schema of the RFC.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { atomFeed, jsonFeed, type Feed } from './feed';

const odd = '甲<公司>&"\'\u0007\u{20000}\ud800]]>';
const at = (minute: number) => new Date(Date.UTC(2026, 6, 1, 0, minute, 0, 123));
const feed: Feed = {
	...{ title: odd, language: 'zh-CN', author: '永泰县', licence: odd },
	...{ home: 'https://x.cn/portal/results', self: 'https://x.cn/portal/feed.atom?a=1&b=2' },
	entries: [1, 2, 3].map((number) => ({
		...{ address: `https://x.cn/portal/results/${number}`, title: `第 ${number} 号 ${odd}`, summary: odd },
		...{ publishedAt: at(number), updatedAt: at(number === 1 ? 50 : number), tags: ['检查结果', odd] }
	}))
};

interface Element {
	name: string;
	attributes: Record<string, string>;
	children: Element[];
	text: string;
}

const decoded = (text: string) =>
	text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

/** Elements, attributes and text only; anything else is refused, as is an unescaped sign or an unclosed element. */
function parsed(xml: string): Element {
	const root: Element = { name: '', attributes: {}, children: [], text: '' };
	const open = [root];
	const body = xml.replace(/^<\?xml version="1\.0" encoding="utf-8"\?>\n/, '');
	expect(body).not.toBe(xml);
	const token = /<(\/?)([a-z]+)((?: [a-z:]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
	for (let last = 0; last < body.length; last = token.lastIndex) {
		const found = token.exec(body);
		if (!found) throw new Error(`not well formed at ${body.slice(last, last + 40)}`);
		const [, closing, name = '', attributes = '', empty, text] = found;
		const parent = open.at(-1)!;
		if (text !== undefined) {
			expect(text).not.toMatch(/&(?!#\d+;)|[>"']/);
			parent.text += decoded(text);
		} else if (closing) expect(open.pop()!.name).toBe(name);
		else {
			const pairs = [...attributes.matchAll(/ ([a-z:]+)="([^"]*)"/g)].map(([, key, value]) => [
				key,
				decoded(value!)
			]);
			const element = {
				name,
				attributes: Object.fromEntries(pairs) as Record<string, string>,
				children: [],
				text: ''
			};
			parent.children.push(element);
			if (!empty) open.push(element);
		}
	}
	expect(open).toEqual([root]);
	return root.children[0]!;
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe('Atom', () => {
	const of = (element: Element, name: string) => element.children.filter((child) => child.name === name);
	const one = (element: Element, name: string) => {
		expect(of(element, name), name).toHaveLength(1);
		return of(element, name)[0]!;
	};

	test('a feed and each entry have what RFC 4287 §4.1 wants of them, once', () => {
		const root = parsed(atomFeed(feed));
		expect([root.name, root.attributes]).toEqual([
			'feed',
			{ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'zh-CN' }
		]);
		for (const name of ['id', 'title', 'updated', 'rights']) one(root, name);
		expect(one(root, 'updated').text).toBe('2026-07-01T00:50:00Z');
		expect(one(one(root, 'author'), 'name').text).toBe('永泰县');
		expect(of(root, 'link').map(({ attributes }) => [attributes.rel, attributes.href])).toEqual([
			['self', feed.self],
			['alternate', feed.home]
		]);
		const entries = of(root, 'entry');
		expect(entries).toHaveLength(3);
		for (const entry of entries) {
			for (const name of ['id', 'title', 'updated', 'published', 'summary', 'link']) one(entry, name);
			for (const name of ['updated', 'published']) expect(one(entry, name).text).toMatch(instant);
			expect(new URL(one(entry, 'id').text).href).toBe(one(entry, 'link').attributes.href);
			expect(of(entry, 'category').every(({ attributes }) => attributes.term)).toBe(true);
		}
		expect(new Set(entries.map((entry) => one(entry, 'id').text)).size).toBe(3);
	});

	test('text comes through as it is, without what XML cannot hold', () => {
		expect(one(parsed(atomFeed(feed)), 'title').text).toBe('甲<公司>&"\'\u{20000}\ufffd]]>');
	});

	test('without entries it is a feed still', () => {
		expect(one(parsed(atomFeed({ ...feed, entries: [] })), 'updated').text).toMatch(instant);
	});

	const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
	/** What libxml2 says of it by the schema of RFC 4287; '' for nothing. */
	const faults = (xml: string) => {
		const schema = ['--noout', '--relaxng', 'tests/support/atom.rng', '-'];
		const { status, stderr } = spawnSync('xmllint', schema, { input: xml, encoding: 'utf8' });
		return status === 0 ? '' : stderr;
	};
	test.skipIf(!hasXmllint)(
		'libxml2 finds it valid by the schema of RFC 4287 (skipped where xmllint is not installed)',
		() => {
			for (const entries of [feed.entries, []])
				expect(faults(atomFeed({ ...feed, entries: [...entries] }))).toBe('');
			// A schema that lets everything through would prove nothing.
			for (const [from, to] of [
				[/<id>.*<\/id>/, ''],
				[/Z<\/published>/, '</published>x'],
				[' term=', ' name='],
				['<summary>', '<summary type="text/plain">'],
				['<entry>', '<title>twice</title><entry>'],
				['xml:lang="zh-CN"', 'xml:lang="zh_CN"']
			] as const)
				expect(faults(atomFeed(feed).replace(from, to)), String(from)).not.toBe('');
		}
	);
});

test('JSON Feed 1.1: version, title and items with id and content', () => {
	const json = jsonFeed(feed);
	expect(json).toMatchObject({
		version: 'https://jsonfeed.org/version/1.1',
		feed_url: feed.self,
		authors: [{ name: '永泰县' }]
	});
	for (const item of json.items) {
		expect(item.id).toBe(item.url);
		expect(item.content_text).toBe(odd);
		expect([item.date_published, item.date_modified].every((text) => instant.test(text))).toBe(true);
	}
});
