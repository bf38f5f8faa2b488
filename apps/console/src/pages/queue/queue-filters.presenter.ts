import type { FilterChoice, Queue, QueueFilters, QueueOrder } from '#work';
import type { SelectArgs, SelectItem } from '../../shell/govuk/args.ts';
import { codeInWords } from '../../shell/words/words.ts';
import { FILTER_NAMES, ordersOf, queueUrl, type QueueQuery } from './queue-query.ts';

const ORDER_NAMES: Readonly<Record<QueueOrder, string>> = {
  urgency: 'Most urgent first',
  due: 'Due first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  decided: 'Latest decision first',
};

const FILTER_WORDS: Readonly<Record<keyof QueueFilters, { readonly label: string; readonly any: string }>> = {
  rating: { label: 'Rating', any: 'Any rating' },
  due: { label: 'Next due', any: 'Any time' },
  concern: { label: 'Concern', any: 'Any concern' },
  agency: { label: 'From', any: 'Any agency' },
  holder: { label: 'With', any: 'Anyone or not allocated' },
};

/** A list to select from for each filter, and one for the order. None where the view is not filtered. */
export function presentFilters({ view, filters, order }: QueueQuery, queue: Queue): readonly SelectArgs[] {
  if (view === 'decided') return [];
  const select = (name: string, label: string, value: string | null, items: readonly SelectItem[]): SelectArgs => ({
    id: `filter-${name}`,
    name,
    label: { text: label },
    items,
    ...(value === null ? {} : { value }),
  });
  return [
    ...FILTER_NAMES.map((name) =>
      select(name, FILTER_WORDS[name].label, filters[name], itemsOf(name, queue, filters[name])),
    ),
    select(
      'sort',
      'Sort',
      order,
      ordersOf(view).map((one) => ({ value: one, text: ORDER_NAMES[one] })),
    ),
  ];
}

function itemsOf(name: keyof QueueFilters, { choices }: Queue, chosen: string | null): readonly SelectItem[] {
  const item = (choice: FilterChoice) => ({
    value: choice.value,
    text: `${choiceInWords(name, choice)} (${choice.count})`,
  });
  // What is chosen stays to be seen where nothing matches it any more.
  const isThere = chosen === null || choices[name].some(({ value }) => value === chosen);
  return [
    { value: '', text: FILTER_WORDS[name].any },
    ...choices[name].map(item),
    ...(isThere ? [] : [item(unknown(chosen))]),
  ];
}

const unknown = (value: string): FilterChoice => ({ value, name: null, count: 0 });

function choiceInWords(name: keyof QueueFilters, { value, name: called }: FilterChoice): string {
  if (called !== null) return called;
  if (value === 'nobody') return 'Not allocated';
  if (name === 'agency' || name === 'holder') return 'The one chosen';
  return codeInWords(value.replaceAll('-', '_'));
}

/** The filters in use, each with where its removal leads. */
export function presentChips(query: QueueQuery, { choices }: Queue) {
  return FILTER_NAMES.flatMap((name) => {
    const value = query.filters[name];
    if (value === null) return [];
    const choice = choices[name].find((one) => one.value === value) ?? unknown(value);
    const without = { ...query, filters: { ...query.filters, [name]: null } };
    return [{ text: `${FILTER_WORDS[name].label}: ${choiceInWords(name, choice)}`, href: queueUrl(without) }];
  });
}

/** Such as `Filter: red, not allocated`, in one line. Names keep their capitals. */
export function filterInWords({ filters }: QueueQuery, { choices }: Queue): string {
  const words = FILTER_NAMES.flatMap((name) => {
    const value = filters[name];
    if (value === null) return [];
    const choice = choices[name].find((one) => one.value === value) ?? unknown(value);
    return [choice.name ?? choiceInWords(name, choice).toLowerCase()];
  });
  return `Filter: ${words.length === 0 ? 'none' : words.join(', ')}`;
}

/** What a click on a column's heading does: no link where the list is sorted by it already. Null where the order is given. */
export function sortLinks({ view, filters, order }: QueueQuery) {
  if (view === 'decided') return null;
  const to = (one: QueueOrder) => queueUrl({ view, filters, order: one });
  const only = (one: QueueOrder) => (order === one ? { direction: 'ascending' } : { href: to(one), direction: 'none' });
  return {
    rating: only('urgency'),
    due: only('due'),
    received: {
      href: to(order === 'newest' ? 'oldest' : 'newest'),
      direction: order === 'newest' ? 'descending' : order === 'oldest' ? 'ascending' : 'none',
    },
  };
}
