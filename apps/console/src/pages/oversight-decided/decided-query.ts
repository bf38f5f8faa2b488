import { OUTCOMES, RATINGS } from '#domain';
import {
  DECIDED_PERIODS,
  DECIDED_SORTS,
  DIRECTIONS,
  PUNCTUALITIES,
  readDecidedPageEnd,
  writeDecidedPageEnd,
  type DecidedChoice,
  type DecidedChoices,
  type DecidedFilters,
  type DecidedOrder,
  type DecidedSort,
  type PageEnd,
} from '#oversight';
import type { FormErrors } from '../../shell/forms/read-form.ts';

/** The state of the page, which is its address. */
export interface DecidedQuery {
  readonly filters: DecidedFilters;
  readonly order: DecidedOrder;
  readonly after: PageEnd | null;
}

/** The filters that are chosen from a list, in the order of the form. */
export const CHOSEN = ['rating', 'outcome', 'decider', 'agency', 'operational', 'statutory'] as const;
const NAMES = ['period', 'from', 'to', ...CHOSEN, 'sort', 'order', 'after'] as const;
type Name = (typeof NAMES)[number];

/** How each column is sorted when a person first asks for it. */
const FIRST_DIRECTION: Readonly<Record<DecidedSort, DecidedOrder['direction']>> = {
  decided: 'descending',
  received: 'descending',
  took: 'descending',
  rating: 'ascending',
  agency: 'ascending',
  outcome: 'ascending',
  decider: 'ascending',
};

const PATH = '/oversight/decided';

/**
 * Reads an address. What it does not say is left open; the period is the current month then.
 *
 * @returns the state, or what is wrong by the field that mends it: an address with a mistake in it means another list
 */
export function readDecidedQuery(
  asked: Readonly<Record<string, unknown>>,
  { agencies, deciders, now }: DecidedChoices,
  timeZone: string,
): { readonly query: DecidedQuery; readonly errors: null } | { readonly query: null; readonly errors: FormErrors } {
  const errors: Record<string, string> = {};
  const said = textsIn(asked, errors);
  const one = <T extends string>(name: Name, of: readonly T[], error: string): T | null => {
    const text = said.get(name);
    if (text === undefined) return null;
    const found = of.find((value) => value === text);
    if (found === undefined) errors[name] = error;
    return found ?? null;
  };
  const ids = (choices: readonly DecidedChoice[]) => choices.map(({ id }) => id);
  const sort = one('sort', DECIDED_SORTS, 'The list cannot be sorted by this') ?? 'decided';
  const filters: DecidedFilters = {
    period:
      one('period', DECIDED_PERIODS, 'Select whether the days are of the decision or of the receipt') ?? 'decided',
    ...daysIn(said, now.toZonedDateTimeISO(timeZone).toPlainDate(), errors),
    rating: one('rating', RATINGS, 'Select a rating of the list'),
    outcome: one('outcome', OUTCOMES, 'Select an outcome of the list'),
    decider: one('decider', ids(deciders), 'Select a person of the list'),
    agency: one('agency', ids(agencies), 'Select an agency of the list'),
    operational: one('operational', PUNCTUALITIES, 'Select late or in time'),
    statutory: one('statutory', PUNCTUALITIES, 'Select late or in time'),
  };
  const direction = one('order', DIRECTIONS, 'The list is sorted ascending or descending') ?? FIRST_DIRECTION[sort];
  const place = said.get('after');
  const after = place === undefined ? null : readDecidedPageEnd(sort, place);
  if (place !== undefined && after === null) errors['after'] = 'The address names no place in this list';
  if (Object.keys(errors).length > 0) return { query: null, errors };
  return { query: { filters, order: { sort, direction }, after }, errors: null };
}

/** What the address says under each name that this page knows. */
function textsIn(asked: Readonly<Record<string, unknown>>, errors: Record<string, string>): ReadonlyMap<Name, string> {
  const said = new Map<Name, string>();
  for (const [name, value] of Object.entries(asked)) {
    const known = NAMES.find((one) => one === name);
    if (known === undefined) errors['address'] = 'The address asks for something that this page does not know';
    else if (typeof value !== 'string') errors[known] = 'The address says this twice';
    // A choice of the form that is left open.
    else if (value !== '') said.set(known, value);
  }
  return said;
}

function daysIn(
  said: ReadonlyMap<Name, string>,
  today: Temporal.PlainDate,
  errors: Record<string, string>,
): Pick<DecidedFilters, 'from' | 'to'> {
  const month = { from: today.with({ day: 1 }), to: today.with({ day: 1 }).add({ months: 1 }) };
  if (!said.has('from') && !said.has('to') && errors['from'] === undefined && errors['to'] === undefined) return month;
  const [from, to] = [dayIn(said.get('from')), dayIn(said.get('to'))];
  if (from === null) errors['from'] ??= 'Give a day, such as 2026-10-01';
  if (to === null) errors['to'] ??= 'Give a day, such as 2026-11-01';
  if (from === null || to === null) return month;
  if (Temporal.PlainDate.compare(from, to) >= 0) errors['to'] = 'The last day must come after the first';
  return { from, to };
}

/** @param text `YYYY-MM-DD`, of a year in which there are referrals */
function dayIn(text = ''): Temporal.PlainDate | null {
  if (!/^(20|21)\d\d-\d\d-\d\d$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** The address of a state of the page: its first page, or the one after a place. */
export function decidedUrl({ filters, order }: Omit<DecidedQuery, 'after'>, after: PageEnd | null = null): string {
  const query = queryOf(filters);
  if (order.sort !== 'decided' || order.direction !== FIRST_DIRECTION.decided) {
    query.set('sort', order.sort);
    if (order.direction !== FIRST_DIRECTION[order.sort]) query.set('order', order.direction);
  }
  if (after !== null) query.set('after', writeDecidedPageEnd(after));
  return `${PATH}?${query.toString()}`;
}

/** The address of the file of all that a filter means. */
export function decidedFileUrl(filters: DecidedFilters): string {
  return `${PATH}.csv?${queryOf(filters).toString()}`;
}

function queryOf(filters: DecidedFilters): URLSearchParams {
  const query = new URLSearchParams({ from: filters.from.toString(), to: filters.to.toString() });
  if (filters.period !== 'decided') query.set('period', filters.period);
  for (const name of CHOSEN) if (filters[name] !== null) query.set(name, filters[name]);
  return query;
}

/** The order after a click on a column's head: the other way round where it is sorted by that already. */
export function sortedBy(sort: DecidedSort, now: DecidedOrder): DecidedOrder {
  if (sort !== now.sort) return { sort, direction: FIRST_DIRECTION[sort] };
  return { sort, direction: now.direction === 'ascending' ? 'descending' : 'ascending' };
}
