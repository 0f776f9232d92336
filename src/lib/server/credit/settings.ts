// How this deployment reaches the credit platforms, as the environment says; secrets are nowhere else. A mistake here stops
// the start with a sentence that says what to set.
import { isIP } from 'node:net';
import { isAbsolute } from 'node:path';
import { usccCheckCharacter } from '../../core/registry/codes';
import { platformNames, type PlatformName } from '../../core/credit/message';
import { BadSettings } from '../auth-settings';
import { bureauOf } from '../county';

/** counterpart: the one built in for made-up data. */
type Way =
	| { way: 'json' | 'xml'; url: string; secret: string }
	| { way: 'folder'; folder: string }
	| { way: 'counterpart' }
	| { way: 'none'; why: 'unset' | 'embedded' };

export interface CreditSettings {
	platforms: Partial<Record<PlatformName, Way>>;
	/** Hosts messages may go to, with a port where it is not the usual one. */
	hosts: readonly string[];
	/** Addresses and networks (10.1.0.0/16) that are reached though they are not public. */
	addresses: readonly string[];
}

const names: Record<PlatformName, string> = {
	credit_china: 'FAIRLOT_CREDIT_CHINA',
	enterprise: 'FAIRLOT_CREDIT_ENTERPRISE'
};
const listed = (text: string | undefined) => (text ?? '').split(/[\s,]+/).filter((one) => one !== '');

export function creditSettings(env: NodeJS.ProcessEnv): CreditSettings {
	const hosts = listed(env.FAIRLOT_CREDIT_HOSTS);
	const addresses = listed(env.FAIRLOT_CREDIT_ADDRESSES);
	const odd = addresses.find((one) => !/^[^/]+(\/\d{1,3})?$/.test(one) || isIP(one.split('/')[0]!) === 0);
	if (odd)
		throw new BadSettings(`FAIRLOT_CREDIT_ADDRESSES: ${odd} is no address like 10.1.2.3 or 10.1.0.0/16`);
	const platforms = Object.fromEntries(
		platformNames.flatMap((platform) => {
			const way = wayFrom(env, names[platform], hosts);
			return way ? [[platform, way]] : [];
		})
	);
	return { platforms, hosts, addresses };
}

function wayFrom(env: NodeJS.ProcessEnv, name: string, hosts: readonly string[]): Way | null {
	const given = env[name];
	if (!given) return null;
	const [, how, where = ''] = /^(json|xml|folder):(.+)$/.exec(given) ?? [];
	if (how === 'folder') {
		if (!isAbsolute(where)) throw new BadSettings(`${name}: folder: wants an absolute path, not ${where}`);
		return { way: 'folder', folder: where };
	}
	if (how === undefined || !URL.canParse(where))
		throw new BadSettings(`${name}: one of json:https://…, xml:https://… and folder:/…`);
	const { host } = new URL(where);
	if (!hosts.includes(host)) throw new BadSettings(`FAIRLOT_CREDIT_HOSTS does not list ${host} of ${name}`);
	const secret = env[`${name}_SECRET`] ?? '';
	if (secret.length < 32) throw new BadSettings(`${name}_SECRET must have at least 32 characters`);
	return { way: how as 'json' | 'xml', url: where, secret };
}

/** Made-up data never leaves the house, and the embedded database is not one to push from. */
export function wayOf(
	settings: CreditSettings,
	platform: PlatformName,
	{ demo, embedded }: { demo: boolean; embedded: boolean }
): Way {
	if (demo) return { way: 'counterpart' };
	if (embedded) return { way: 'none', why: 'embedded' };
	return settings.platforms[platform] ?? { way: 'none', why: 'unset' };
}

/** 处罚机关. Made-up data has a code that is plainly made up; elsewhere a code not set is a field that is missing. */
export function authorityOf(
	env: NodeJS.ProcessEnv,
	county: { code: string; name: string; demo: boolean }
): { name: string; uscc: string } {
	const name = env.FAIRLOT_AUTHORITY || bureauOf(county);
	if (!county.demo) return { name, uscc: env.FAIRLOT_AUTHORITY_USCC ?? '' };
	const first17 = `11${county.code}000000000`;
	return { name, uscc: first17 + usccCheckCharacter(first17) };
}
