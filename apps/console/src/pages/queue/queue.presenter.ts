import { may, type StaffActor } from '#access';
import { timeInWords } from '#domain';
import {
  LINES_SHOWN,
  NO_FILTERS,
  QUEUE_VIEWS,
  type NamedFilter,
  type Queue,
  type QueueOrder,
  type QueueView,
} from '#work';
import type { CheckboxesArgs, InputArgs, SubNavigationArgs } from '../../shell/govuk/args.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import { filterInWords, presentChips, presentFilters, sortLinks } from './queue-filters.presenter.ts';
import { presentLine } from './queue-line.presenter.ts';
import { FILTER_NAMES, ordersOf, queueUrl, type QueueQuery } from './queue-query.ts';

const VIEW_NAMES: Readonly<Record<QueueView, string>> = {
  waiting: 'Waiting for a decision',
  unclaimed: 'Not allocated',
  mine: 'With me',
  'sign-off': 'Waiting for sign-off',
  decided: 'Decided',
};

const EMPTY: Readonly<Record<QueueView, string>> = {
  waiting: 'Nothing is waiting for a decision.',
  unclaimed: 'Nothing is waiting to be taken: each referral is with a person.',
  mine: 'You have no referrals. Take the next one.',
  'sign-off': 'Nothing is waiting for sign-off.',
  decided: 'Nothing has been decided yet.',
};

const ORDER_EXPLAINED: Readonly<Record<QueueOrder, string>> = {
  urgency: 'Most urgent first: by rating, then by when it is due, then by when it came.',
  due: 'By what is due first, at any rating.',
  newest: 'The latest received first.',
  oldest: 'The earliest received first.',
  decided: 'The latest decision first.',
};

/** What the queue page shows. */
export function presentQueue(
  query: QueueQuery,
  queue: Queue,
  saved: readonly NamedFilter[],
  { by, zone, chosen }: { by: StaffActor; zone: string; chosen: { all: boolean; chooseAll: string } },
) {
  const { view, filters, order, after } = query;
  const { lines, counts, found, lastReceivedAt, now } = queue;
  const isFiltered = FILTER_NAMES.some((name) => filters[name] !== null);
  const here = queueUrl(query);
  return {
    liveOn: 'queue',
    since: now.epochMilliseconds,
    showsNew: ['waiting', 'unclaimed'].includes(view) && !isFiltered && after === null,
    asOf: timeInWords(now, zone),
    view,
    title: VIEW_NAMES[view],
    tabs: presentTabs(query, counts),
    filters: presentFilters(query, queue),
    filterInWords: filterInWords(query, queue),
    chips: presentChips(query, queue),
    isFiltered,
    sortOf: sortLinks(query),
    explained: ORDER_EXPLAINED[order],
    shown: shownInWords(lines.length, found, after === null, overdueOf(queue)),
    rows: lines.map((line) => presentLine(line, now, zone)),
    first: after === null ? null : here,
    next: queue.next === null ? null : queueUrl(query, queue.next),
    here,
    saved: saved.map((one) => ({ ...one, href: `/queue${one.query}` })),
    saveView: isFiltered || ordersOf(view).length > 1 ? presentSaving(by) : null,
    mayAssign: may(by, 'claim:assign') && ['waiting', 'unclaimed', 'mine'].includes(view),
    chosen,
    unfiltered: queueUrl({ view, filters: NO_FILTERS, order }),
    empty: isFiltered ? 'Nothing matches these filters.' : EMPTY[view],
    lastReceived: lastReceivedAt === null ? null : dayAndTime(lastReceivedAt, now, zone),
  };
}

function shownInWords(lines: number, found: number | null, isFirst: boolean, overdue: number): string {
  const late = overdue === 0 ? '' : `, ${overdue} overdue`;
  if (found === null) return `The ${isFirst ? 'latest' : 'next'} ${lines}, ${LINES_SHOWN} to a page.`;
  if (lines === found) return `${found === 1 ? 'One referral' : `All ${found} referrals`}${late}.`;
  return `${lines} of ${found}${late}, ${LINES_SHOWN} to a page.`;
}

/** How many of the referrals in the view, by its other filters, are overdue. */
function overdueOf({ choices }: Queue): number {
  return choices.due.find(({ value }) => value === 'overdue')?.count ?? 0;
}

function presentTabs({ view, filters, order }: QueueQuery, counts: Queue['counts']): SubNavigationArgs {
  const items = QUEUE_VIEWS.map((one) => ({
    href: queueUrl({
      view: one,
      filters: one === 'decided' ? NO_FILTERS : filters,
      order: ordersOf(one).includes(order) ? order : ordersOf(one)[0]!,
    }),
    text: one === 'decided' ? VIEW_NAMES[one] : `${VIEW_NAMES[one]} (${counts[one]})`,
    active: one === view,
  }));
  return { label: 'Parts of the queue', items };
}

/** The fields under which the view is saved: only some may save it for the team. */
function presentSaving(by: StaffActor): { readonly name: InputArgs; readonly whose: CheckboxesArgs | null } {
  const name: InputArgs = {
    id: 'filter-name',
    name: 'name',
    label: { text: 'Name of the view' },
    hint: { text: 'Not a child’s name' },
    classes: 'govuk-input--width-20',
    value: '',
  };
  const whose: CheckboxesArgs = {
    name: 'whose',
    idPrefix: 'filter-whose',
    classes: 'govuk-checkboxes--small',
    items: [{ value: 'team', text: 'For all staff of the hub', checked: false }],
  };
  return { name, whose: may(by, 'filter:share') ? whose : null };
}
