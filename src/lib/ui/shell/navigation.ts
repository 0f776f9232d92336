// The office's pages, in the order of the work.
import BookOpen from '@lucide/svelte/icons/book-open';
import ChartColumn from '@lucide/svelte/icons/chart-column-big';
import CalendarCheck from '@lucide/svelte/icons/calendar-check';
import ClipboardCheck from '@lucide/svelte/icons/clipboard-check';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import Dices from '@lucide/svelte/icons/dices';
import HardHat from '@lucide/svelte/icons/hard-hat';
import MapIcon from '@lucide/svelte/icons/map';
import Route from '@lucide/svelte/icons/route';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Send from '@lucide/svelte/icons/send';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Users from '@lucide/svelte/icons/users';
import { m } from '$lib/i18n/paraglide/messages';

const pages = [
	{ href: '/map', label: m.shell_nav_map, icon: MapIcon },
	{ href: '/registry', label: m.shell_nav_registry, icon: BookOpen },
	{ href: '/annual', label: m.annual_nav, icon: CalendarCheck },
	{ href: '/plans', label: m.shell_nav_plans, icon: ClipboardList },
	{ href: '/draws', label: m.shell_nav_draws, icon: Dices },
	{ href: '/day-routes', label: m.route_nav, icon: Route },
	{ href: '/crews', label: m.crew_nav, icon: Users },
	{ href: '/field-work', label: m.field_nav, icon: HardHat },
	{ href: '/results', label: m.result_nav, icon: ClipboardCheck },
	{ href: '/credit', label: m.credit_nav, icon: Send },
	{ href: '/coverage', label: m.coverage_nav, icon: ChartColumn },
	{ href: '/ledger', label: m.ledger_title, icon: ScrollText },
	{ href: '/verify', label: m.shell_nav_verify, icon: ShieldCheck }
] as const;

/** The pages that open for a visitor. reads: those of the work; ledger: the trace of it. */
export const pagesFor = ({ reads, ledger }: { reads: boolean; ledger: boolean }) =>
	pages.filter(({ href }) => href === '/verify' || (href === '/ledger' ? ledger : reads));
