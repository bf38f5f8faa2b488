import { isUuid } from '#platform';
import { CONCERN_TYPES, RATINGS } from '#domain';
import {
  DUE_FILTERS,
  NO_FILTERS,
  QUEUE_ORDERS,
  QUEUE_VIEWS,
  readPageEnd,
  type PageEnd,
  type QueueFilters,
  type QueueOrder,
  type QueueView,
} from '#work';

/** The state of the queue's page, which is its URL. */
export interface QueueQuery {
  readonly view: QueueView;
  readonly filters: QueueFilters;
  readonly order: QueueOrder;
  readonly after: PageEnd | null;
}

export const FILTER_NAMES = [
  'rating',
  'due',
  'concern',
  'agency',
  'holder',
] as const satisfies readonly (keyof QueueFilters)[];
/** The orders that a view can be in: what is decided comes the latest first. */
export function ordersOf(view: QueueView): readonly QueueOrder[] {
  return view === 'decided' ? ['decided'] : QUEUE_ORDERS.filter((order) => order !== 'decided');
}

/**
 * Reads an URL's query. What is not a value of ours is as if it were not there.
 *
 * @returns null when the place to go on from is none of this order: a person changed the address
 */
export function readQueueQuery(asked: Readonly<Record<string, unknown>>): QueueQuery | null {
  const one = <T extends string>(name: string, of: readonly T[]) => of.find((value) => value === asked[name]) ?? null;
  const id = (name: string) => (typeof asked[name] === 'string' && isUuid(asked[name]) ? asked[name] : null);
  const view = one('view', QUEUE_VIEWS) ?? 'waiting';
  const order = one('sort', ordersOf(view)) ?? ordersOf(view)[0]!;
  const after = typeof asked['after'] === 'string' ? readPageEnd(order, asked['after']) : null;
  if (after === null && asked['after'] !== undefined) return null;
  const filters: QueueFilters = {
    rating: one('rating', RATINGS),
    concern: one('concern', CONCERN_TYPES),
    agency: id('agency'),
    holder: asked['holder'] === 'nobody' ? 'nobody' : id('holder'),
    due: one('due', DUE_FILTERS),
  };
  // Among what is decided no person looks by filters: search finds it.
  return { view, filters: view === 'decided' ? NO_FILTERS : filters, order, after };
}

/** The URL of a state of the page: its first page, or the one after a place. */
export function queueUrl({ view, filters, order }: Omit<QueueQuery, 'after'>, after?: string): string {
  const query = new URLSearchParams({ view });
  for (const name of FILTER_NAMES) if (filters[name] !== null) query.set(name, filters[name]);
  if (order !== ordersOf(view)[0]) query.set('sort', order);
  if (after !== undefined) query.set('after', after);
  return `/queue?${query.toString()}`;
}
