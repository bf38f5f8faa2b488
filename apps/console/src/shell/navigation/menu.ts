import { may, type Action, type StaffActor } from '#access';
import type { Waiting } from '#alerts';
import { OVERSIGHT_PAGES } from '../oversight/oversight-pages.ts';
import { countInWords } from '../words/count-in-words.ts';

/** A place that the navigation leads to. */
interface Place {
  /** The query of the address is part of it: `/queue?view=sign-off` is another place than `/queue`. */
  readonly href: string;
  readonly text: string;
  /** What a person must be able to do there. */
  readonly action: Action;
  /** Pages that belong to it, beside those below its address. */
  readonly also?: readonly string[];
  /** What is counted beside it, with what the number means. */
  readonly counts?: { readonly of: keyof Waiting; readonly means: string };
}

const PLACES: readonly Place[] = [
  { href: '/your-work', text: 'Your work', action: 'queue:read', also: ['/shift'] },
  {
    href: '/queue?view=sign-off',
    text: 'Sign-off',
    action: 'decision:sign-off',
    counts: { of: 'signOff', means: 'waiting' },
  },
  { href: '/queue', text: 'Queue', action: 'queue:read' },
  { href: '/workload', text: 'Team', action: 'workload:read' },
  { href: '/search', text: 'Search', action: 'referral:search' },
  { href: '/telephone', text: 'Take a call', action: 'referral:take-down', also: ['/consultations'] },
  {
    href: '/routes',
    text: 'Sent on',
    action: 'route:read',
    counts: { of: 'routes', means: 'returned, or without a team' },
  },
  { href: '/feedback', text: 'Telling referrers', action: 'feedback:tell' },
  {
    href: '/restrictions',
    text: 'Restricted',
    action: 'restriction:manage',
    counts: { of: 'glass', means: 'opened in an emergency, to be looked at' },
  },
  { href: '/flags', text: 'Values to check', action: 'flag:clear' },
  { href: '/alerts', text: 'Alerts', action: 'alert:read', counts: { of: 'alerts', means: 'waiting for you' } },
  { href: '/handover', text: 'Hand-over', action: 'handover:read' },
  { href: '/rota', text: 'Rota', action: 'rota:read' },
  { href: '/policy', text: 'Policy', action: 'policy:read', also: ['/calendar', '/localities'] },
  { href: '/localities', text: 'Teams and localities', action: 'agencies:administer' },
  { href: '/service', text: 'System health', action: 'service:read' },
  { href: '/own-referrals', text: 'Referrals', action: 'referral:read-own' },
  { href: '/requests', text: 'Requests', action: 'own-requests:read' },
  { href: '/administration/agencies', text: 'Agencies', action: 'agencies:administer' },
  { href: '/administration/people', text: 'People', action: 'people:administer' },
  { href: '/administration/roles', text: 'Roles', action: 'people:administer' },
  { href: '/administration/council', text: 'Council', action: 'people:administer' },
  ...OVERSIGHT_PAGES,
];

/** What every manager does now and then. */
const WORK_OF_MANAGERS = [
  ...['/search', '/telephone', '/routes', '/feedback', '/flags', '/handover', '/rota', '/policy', '/service'],
  '/restrictions',
  ...['/oversight/record', '/oversight/evidence', '/oversight/own'],
] as const;

/**
 * What stands in the bar, and what under *More*: the row is that of the first action that a person may do. Senior
 * managers begin with how the hub works; a practice manager works at the desk, and begins with what waits for them.
 */
const MENUS = [
  {
    of: 'challenge:make',
    bar: ['/oversight', '/queue?view=sign-off', '/queue', '/workload', '/alerts'],
    more: ['/your-work', ...WORK_OF_MANAGERS],
  },
  {
    of: 'decision:sign-off',
    bar: ['/your-work', '/queue?view=sign-off', '/queue', '/workload', '/alerts'],
    more: ['/oversight', ...WORK_OF_MANAGERS],
  },
  {
    of: 'queue:read',
    bar: ['/your-work', '/queue', '/search', '/telephone', '/alerts'],
    more: ['/routes', '/feedback', '/flags', '/handover', '/rota', '/policy', '/service', '/oversight/own'],
  },
  {
    of: 'oversight:read',
    bar: ['/oversight', '/oversight/decided', '/oversight/record', '/oversight/definitions', '/oversight/samples'],
    more: ['/oversight/evidence', '/rota', '/policy', '/service'],
  },
  { of: 'referral:read-own', bar: ['/own-referrals', '/requests'], more: [] },
  {
    of: 'agencies:administer',
    bar: [
      '/administration/agencies',
      '/administration/people',
      '/administration/roles',
      '/administration/council',
      '/service',
    ],
    more: ['/localities'],
  },
] as const satisfies readonly { of: Action; bar: readonly string[]; more: readonly string[] }[];

/** A link of the navigation. */
export interface MenuLink {
  readonly href: string;
  readonly text: string;
  /** `page` where it is the page that is open, `true` where that is a page below it, null elsewhere. */
  readonly current: 'page' | 'true' | null;
  /** How many wait there, and what the number means; null where none does, or nothing is counted. */
  readonly badge: { readonly count: string; readonly means: string } | null;
}

export interface Menu {
  readonly bar: readonly MenuLink[];
  readonly more: readonly MenuLink[];
  /** The link under *More* whose page is open; null when it is none of them. */
  readonly isMoreAt: MenuLink | null;
}

/**
 * The navigation of a person: five places at the most and the rest under *More*, none that is not there for them.
 *
 * @param address of the page that is open, with its query
 * @param waiting null where it could not be counted
 */
export function menuOf(by: StaffActor, address: string, waiting: Waiting | null): Menu {
  const { bar, more } = placesOf(by);
  const here = partsOf(address);
  const [at] = [...bar, ...more].filter((place) => isAt(place, here)).toSorted((a, b) => b.href.length - a.href.length);
  const link = (place: Place): MenuLink => ({
    href: place.href,
    text: place.text,
    current: place !== at ? null : partsOf(place.href).path === here.path ? 'page' : 'true',
    badge: badgeOf(place, waiting),
  });
  const rest = more.map(link);
  return { bar: bar.map(link), more: rest, isMoreAt: rest.find(({ current }) => current !== null) ?? null };
}

/** The page that a person begins with: the first of their navigation. */
export function homeOf(by: StaffActor): string {
  return placesOf(by).bar[0]!.href;
}

function placesOf(by: StaffActor) {
  const menu = MENUS.find(({ of }) => may(by, of))!;
  const among = (hrefs: readonly string[]) =>
    hrefs.flatMap((href) => PLACES.filter((place) => place.href === href && may(by, place.action)));
  return { bar: among(menu.bar), more: among(menu.more) };
}

/** Whether a page is the place or belongs to it. */
function isAt({ href, also = [] }: Place, here: Parts): boolean {
  const place = partsOf(href);
  const isBelow = [place.path, ...also].some((path) => here.path === path || here.path.startsWith(`${path}/`));
  return isBelow && [...place.query].every(([name, value]) => here.query.get(name) === value);
}

function badgeOf({ counts }: Place, waiting: Waiting | null): MenuLink['badge'] {
  const count = counts === undefined ? 0 : (waiting?.[counts.of] ?? 0);
  if (counts === undefined || count === 0) return null;
  return { count: countInWords(count), means: counts.means };
}

interface Parts {
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Of any address, also of one that a person typed and that is none. */
function partsOf(address: string): Parts {
  const [path = '', query = ''] = address.split('?', 2);
  return { path, query: new URLSearchParams(query) };
}
