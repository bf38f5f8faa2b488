import { may, type StaffActor } from '#access';
import { timeInWords } from '#domain';
import {
  NO_FILTERS,
  LINES_SHOWN,
  QUEUE_VIEWS,
  type FilterChoice,
  type NamedFilter,
  type Queue,
  type QueueFilters,
  type QueueLine,
  type QueueOrder,
  type QueueView,
} from '#work';
import { ageInWords } from '../../shell/words/age.ts';
import { runningClocks } from '../../shell/words/running-clocks.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { FILTER_NAMES, ordersOf, queueUrl, type QueueQuery } from './queue-query.ts';

const VIEW_NAMES: Readonly<Record<QueueView, string>> = {
  waiting: 'Waiting for a decision',
  unclaimed: 'Held by nobody',
  mine: 'Held by me',
  'sign-off': 'Waiting for sign-off',
  decided: 'Decided',
};

const EMPTY: Readonly<Record<QueueView, string>> = {
  waiting: 'Nothing is waiting for a decision.',
  unclaimed: 'Nothing is waiting to be taken: somebody holds each referral.',
  mine: 'You hold nothing. Take the next one from the queue.',
  'sign-off': 'Nothing is waiting for sign-off.',
  decided: 'Nothing has been decided yet.',
};

const ORDER_NAMES: Readonly<Record<QueueOrder, string>> = {
  urgency: 'Most urgent first',
  due: 'Due first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  decided: 'Latest decision first',
};

const ORDER_EXPLAINED: Readonly<Record<QueueOrder, string>> = {
  urgency: 'Most urgent first: by rating, then by when it is due, then by when it came.',
  due: 'By what is due first, whatever the rating.',
  newest: 'The latest received first.',
  oldest: 'The earliest received first.',
  decided: 'The latest decision first.',
};

const FILTER_WORDS: Readonly<Record<keyof QueueFilters, { readonly label: string; readonly any: string }>> = {
  rating: { label: 'Rating', any: 'Any rating' },
  due: { label: 'Next due', any: 'Any time' },
  concern: { label: 'Concern', any: 'Any concern' },
  agency: { label: 'From', any: 'Any agency' },
  holder: { label: 'Held by', any: 'Anybody or nobody' },
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
    tabs: QUEUE_VIEWS.map((one) => ({
      href: queueUrl({
        view: one,
        filters: one === 'decided' ? NO_FILTERS : filters,
        order: ordersOf(one).includes(order) ? order : ordersOf(one)[0]!,
      }),
      text: one === 'decided' ? VIEW_NAMES[one] : `${VIEW_NAMES[one]} (${counts[one]})`,
      active: one === view,
    })),
    filters: view === 'decided' ? [] : presentFilters(queue, filters),
    chips: presentChips(query, queue),
    isFiltered,
    sorts: ordersOf(view).map((one) => ({
      value: one,
      text: ORDER_NAMES[one],
      isCurrent: one === order,
    })),
    sortOf: sortLinks(query),
    explained: ORDER_EXPLAINED[order],
    shown: shownInWords(lines.length, found, after === null),
    rows: lines.map((line) => presentLine(line, now, zone)),
    first: after === null ? null : here,
    next: queue.next === null ? null : queueUrl(query, queue.next),
    here,
    saved: saved.map((one) => ({ ...one, href: `/queue${one.query}` })),
    mayShare: may(by, 'filter:share'),
    mayAssign: may(by, 'claim:assign') && ['waiting', 'unclaimed', 'mine'].includes(view),
    chosen,
    unfiltered: queueUrl({
      view,
      filters: { rating: null, concern: null, agency: null, holder: null, due: null },
      order,
    }),
    empty: isFiltered ? 'Nothing matches these filters.' : EMPTY[view],
    lastReceived: lastReceivedAt === null ? null : dayAndTime(lastReceivedAt, now, zone),
  };
}

function shownInWords(lines: number, found: number | null, isFirst: boolean): string {
  if (found === null) return `The ${isFirst ? 'latest' : 'next'} ${lines} are shown, ${LINES_SHOWN} to a page.`;
  if (lines === found) return found === 1 ? 'One referral.' : `All ${found} referrals are shown.`;
  return `${lines} of ${found} are shown, ${LINES_SHOWN} to a page.`;
}

function presentFilters({ choices }: Queue, filters: QueueFilters) {
  return FILTER_NAMES.map((name) => ({
    name,
    label: FILTER_WORDS[name].label,
    items: [
      { value: '', text: FILTER_WORDS[name].any },
      ...choices[name].map((choice) => ({
        value: choice.value,
        text: `${choiceInWords(name, choice)} (${choice.count})`,
        selected: choice.value === filters[name],
      })),
      // What is chosen stays to be seen where nothing matches it any more.
      ...(filters[name] === null || choices[name].some(({ value }) => value === filters[name])
        ? []
        : [{ value: filters[name], text: `${choiceInWords(name, unknown(filters[name]))} (0)`, selected: true }]),
    ],
  }));
}

const unknown = (value: string): FilterChoice => ({ value, name: null, count: 0 });

function choiceInWords(name: keyof QueueFilters, { value, name: called }: FilterChoice): string {
  if (called !== null) return called;
  if (name === 'agency' || (name === 'holder' && value !== 'nobody')) return 'The one chosen';
  return codeInWords(value.replaceAll('-', '_'));
}

function presentChips(query: QueueQuery, { choices }: Queue) {
  return FILTER_NAMES.flatMap((name) => {
    const value = query.filters[name];
    if (value === null) return [];
    const choice = choices[name].find((one) => one.value === value) ?? unknown(value);
    const without = { ...query, filters: { ...query.filters, [name]: null } };
    return [{ text: `${FILTER_WORDS[name].label}: ${choiceInWords(name, choice)}`, href: queueUrl(without) }];
  });
}

/** What a click on a column's heading does. */
function sortLinks({ view, filters, order }: QueueQuery) {
  if (view === 'decided') return null;
  const to = (one: QueueOrder) => queueUrl({ view, filters, order: one });
  return {
    received: {
      href: to(order === 'newest' ? 'oldest' : 'newest'),
      direction: order === 'newest' ? 'descending' : order === 'oldest' ? 'ascending' : 'none',
    },
    due: { href: to(order === 'due' ? 'urgency' : 'due'), direction: order === 'due' ? 'ascending' : 'none' },
  };
}

function presentLine(line: QueueLine, now: Temporal.Instant, zone: string) {
  const others = line.otherChildren;
  return {
    href: `/referrals/${line.reference}`,
    reference: line.reference,
    child: line.child || 'Name not known',
    age: ageInWords(line, now.toZonedDateTimeISO(zone).toPlainDate()),
    others: others === 0 ? null : `and ${others} other ${others === 1 ? 'child' : 'children'}`,
    rating: ratingTag(line.rating),
    immediateDanger: line.immediateDanger,
    concern: line.types
      .map((type, index) => (index === 0 ? codeInWords(type) : codeInWords(type).toLowerCase()))
      .join(', '),
    agency: line.agency,
    referrerRole: line.referrerRole,
    received: dayAndTime(line.receivedAt, now, zone),
    clocks: runningClocks(line, now, zone),
    isScreened: line.firstRatedAt !== null,
    decided: line.effectiveAt === null ? null : presentDecided(line, line.effectiveAt, now, zone),
    holder: line.holder,
    isReturned: line.isReturned,
  };
}

function presentDecided(line: QueueLine, effectiveAt: Temporal.Instant, now: Temporal.Instant, zone: string) {
  const onTime = Temporal.Instant.compare(effectiveAt, line.decisionDueAt) <= 0;
  return {
    at: dayAndTime(effectiveAt, now, zone),
    word: onTime ? 'On time' : 'Late',
    outcome: line.outcome === null ? null : codeInWords(line.outcome),
    by: line.decidedBy,
  };
}
