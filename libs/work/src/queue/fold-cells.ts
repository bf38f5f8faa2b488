import { CONCERN_TYPES, RATINGS } from '#domain';
import type { Named, QueueCell, QueueCells } from './queue-cells.ts';
import { DUE_FILTERS, type QueueFilters, type QueueView } from './queue-view.ts';

type OpenView = Exclude<QueueView, 'decided'>;
type Filter = keyof QueueFilters;

/** A choice of a filter, and how many it would show beside the other filters. */
export interface FilterChoice {
  readonly value: string;
  /** What to call it, where the value is an id. */
  readonly name: string | null;
  readonly count: number;
}

/** The counts of the queue for one person, one view and its filters. */
export interface Folded {
  readonly counts: Readonly<Record<OpenView, number>>;
  /** How many there are in the view under the filters. */
  readonly found: number;
  readonly choices: Readonly<Record<Filter, readonly FilterChoice[]>>;
}

const FILTERS: readonly Filter[] = ['rating', 'concern', 'agency', 'holder', 'due'];

const IS_IN_VIEW: Readonly<Record<OpenView, (cell: QueueCell, staffId: string) => boolean>> = {
  waiting: ({ status }) => status === 'awaiting_decision',
  unclaimed: ({ status, claimedBy }) => status === 'awaiting_decision' && claimedBy === null,
  mine: ({ claimedBy }, staffId) => claimedBy === staffId,
  'sign-off': ({ status }) => status === 'awaiting_sign_off',
};
const OPEN_VIEWS = Object.keys(IS_IN_VIEW) as OpenView[];

/** The person for whom cells are summed. */
export interface FoldedFor {
  readonly staffId: string;
  /** The ids of open referrals that they may not open. */
  readonly hidden: ReadonlySet<string>;
}

const isHidden = ({ restrictedId }: QueueCell, hidden: ReadonlySet<string>) =>
  restrictedId !== null && hidden.has(restrictedId);

/** The choices of a filter under which a cell is: one, but for its concerns. A hidden one says neither these nor its agency. */
const VALUES: Readonly<Record<Filter, (cell: QueueCell, hidden: ReadonlySet<string>) => readonly string[]>> = {
  rating: ({ rating }) => [rating],
  concern: (cell, hidden) => (isHidden(cell, hidden) ? [] : cell.types),
  agency: (cell, hidden) => (isHidden(cell, hidden) ? [] : [cell.agencyId]),
  holder: ({ claimedBy }) => [claimedBy ?? 'nobody'],
  due: ({ due }) => [due],
};

/**
 * Sums of cells. A view counts the cells that fail no filter; a choice of a filter counts those of the view that fail no
 * other filter, which is what it would show.
 */
export function foldCells(
  { cells, agencies, holders }: QueueCells,
  view: OpenView,
  filters: QueueFilters,
  { staffId, hidden }: FoldedFor,
): Folded {
  const counts: Record<OpenView, number> = { waiting: 0, unclaimed: 0, mine: 0, 'sign-off': 0 };
  const sums = new Map(FILTERS.map((filter) => [filter, new Map<string, number>()]));
  const add = (filter: Filter, cell: QueueCell) => {
    const sum = sums.get(filter)!;
    for (const value of VALUES[filter](cell, hidden)) sum.set(value, (sum.get(value) ?? 0) + cell.count);
  };
  for (const cell of cells) {
    const failed = FILTERS.filter((filter) => !fits(cell, filter, filters[filter], hidden));
    if (failed.length > 1) continue;
    if (failed.length === 0) {
      for (const one of OPEN_VIEWS) if (IS_IN_VIEW[one](cell, staffId)) counts[one] += cell.count;
    }
    if (!IS_IN_VIEW[view](cell, staffId)) continue;
    for (const filter of failed.length === 0 ? FILTERS : failed) add(filter, cell);
  }
  // People think of the most urgent first; agencies and persons are found by the alphabet.
  const inOrder = (filter: Filter, order: readonly string[]) =>
    [...sums.get(filter)!]
      .map(([value, count]) => ({ value, name: null, count }))
      .toSorted((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
  const named = (filter: Filter, all: readonly Named[]) =>
    all.flatMap(({ id, name }) => {
      const count = sums.get(filter)!.get(id);
      return count === undefined ? [] : [{ value: id, name, count }];
    });
  const heldByNobody = sums.get('holder')!.get('nobody');
  return {
    counts,
    found: counts[view],
    choices: {
      rating: inOrder('rating', RATINGS),
      due: inOrder('due', DUE_FILTERS),
      concern: inOrder('concern', CONCERN_TYPES),
      agency: named('agency', agencies),
      holder: [
        ...(heldByNobody === undefined ? [] : [{ value: 'nobody', name: null, count: heldByNobody }]),
        ...named('holder', holders),
      ],
    },
  };
}

function fits(cell: QueueCell, filter: Filter, chosen: string | null, hidden: ReadonlySet<string>): boolean {
  return chosen === null || VALUES[filter](cell, hidden).includes(chosen);
}
