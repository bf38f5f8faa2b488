import { minutesInWords } from '#domain';
import {
  DECIDED_COUNTED,
  DECIDED_SHOWN,
  DECIDED_SORTS,
  type DecidedChoices,
  type DecidedFilters,
  type DecidedLine,
  type DecidedList,
  type DecidedSort,
} from '#oversight';
import { summaryOf } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { workingTimeInWords } from '../../shell/words/working-time.ts';
import { CHOSEN_LABELS, presentForm, PUNCTUALITY_WORDS, type Values } from './decided-form.presenter.ts';
import { daysInWords, decidedInWords, isMonth } from './decided-in-words.ts';
import { CHOSEN, decidedFileUrl, decidedUrl, sortedBy, type DecidedQuery } from './decided-query.ts';

const TITLE = 'Decided referrals';

/** What the page shows of a list. */
export function presentDecided(query: DecidedQuery, list: DecidedList, choices: DecidedChoices, zone: string) {
  const { filters, order, after } = query;
  const { lines, found, next, now } = list;
  return {
    title: TITLE,
    sentence: decidedInWords(filters, {
      decider: nameOf(choices.deciders, filters.decider),
      agency: nameOf(choices.agencies, filters.agency),
    }),
    form: presentForm(valuesOf(filters), {}, choices),
    /** Keeps the order when the form is sent. */
    order: order.sort === 'decided' && order.direction === 'descending' ? null : order,
    chips: presentChips(query, choices),
    unfiltered: decidedUrl({ ...query, filters: { ...filters, ...NO_CHOICE } }),
    months: presentMonths(query),
    shown: shownInWords(lines.length, found),
    sortOf: Object.fromEntries(DECIDED_SORTS.map((sort) => [sort, sortLink(sort, query)])),
    rows: lines.map((line) => presentLine(line, now, zone)),
    first: after === null ? null : decidedUrl(query),
    next: next === null ? null : decidedUrl(query, next),
    file: lines.length === 0 ? null : decidedFileUrl(filters),
  };
}

/** The page when the address has a mistake in it: the form, and no list that would be another than was meant. */
export function presentFaults(asked: Readonly<Record<string, unknown>>, errors: FormErrors, choices: DecidedChoices) {
  const isRight = ([name, value]: [string, unknown]) => typeof value === 'string' && errors[name] === undefined;
  const values = Object.fromEntries(Object.entries(asked).filter(isRight)) as Values;
  const form = presentForm(values, errors, choices);
  const ids = [form.period, form.from, form.to, ...form.chosen].map(({ id }) => id);
  const list = Object.entries(errors).map(([name, text]) => ({
    text,
    // Where no field mends it, the first does: sent again, the form has no mistake.
    href: `#${ids.find((id) => id === `filter-${name}`) ?? form.period.id}`,
  }));
  return { title: TITLE, form, errorSummary: summaryOf(list) };
}

const NO_CHOICE = {
  rating: null,
  outcome: null,
  decider: null,
  agency: null,
  operational: null,
  statutory: null,
} as const satisfies Partial<DecidedFilters>;

function nameOf(choices: DecidedChoices['agencies'], id: string | null): string | null {
  return choices.find((one) => one.id === id)?.name ?? null;
}

function valuesOf({ from, to, ...filters }: DecidedFilters): Values {
  const chosen = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return { ...(Object.fromEntries(chosen) as Values), from: from.toString(), to: to.toString() };
}

/** The filters in use, each with where its removal leads. */
function presentChips(query: DecidedQuery, { deciders, agencies }: DecidedChoices) {
  const { filters } = query;
  const inWords: Readonly<Record<(typeof CHOSEN)[number], string | null>> = {
    rating: filters.rating && codeInWords(filters.rating),
    outcome: filters.outcome && codeInWords(filters.outcome),
    decider: nameOf(deciders, filters.decider),
    agency: nameOf(agencies, filters.agency),
    operational: filters.operational && PUNCTUALITY_WORDS[filters.operational],
    statutory: filters.statutory && PUNCTUALITY_WORDS[filters.statutory],
  };
  return CHOSEN.flatMap((name) => {
    const text = inWords[name];
    if (text === null) return [];
    const without = { ...query, filters: { ...filters, [name]: null } };
    return [{ text: `${CHOSEN_LABELS[name]}: ${text}`, href: decidedUrl(without) }];
  });
}

/** The months around the one that is shown; none around another period. */
function presentMonths(query: DecidedQuery) {
  const { filters } = query;
  if (!isMonth(filters)) return [];
  return [-1, 1].map((months) => {
    const days = { from: filters.from.add({ months }), to: filters.to.add({ months }) };
    const text = daysInWords(days).replace('in ', '');
    return { text, href: decidedUrl({ ...query, filters: { ...filters, ...days } }) };
  });
}

function shownInWords(lines: number, found: number | null): string {
  if (found === null)
    return `More than ${DECIDED_COUNTED.toLocaleString('en-GB')} referrals, ${DECIDED_SHOWN} to a page.`;
  if (found === lines) return found === 1 ? 'One referral.' : `All ${found} referrals are shown.`;
  return `${found.toLocaleString('en-GB')} referrals, ${DECIDED_SHOWN} to a page.`;
}

function sortLink(sort: DecidedSort, query: DecidedQuery) {
  return {
    href: decidedUrl({ ...query, order: sortedBy(sort, query.order) }),
    direction: sort === query.order.sort ? query.order.direction : 'none',
  };
}

function presentLine(line: DecidedLine, now: Temporal.Instant, zone: string) {
  return {
    href: `/referrals/${line.reference}`,
    reference: line.reference,
    rating: ratingTag(line.rating),
    agency: line.agency,
    received: dayAndTime(line.receivedAt, now, zone),
    decided: dayAndTime(line.effectiveAt, now, zone),
    took: minutesInWords(line.elapsedMinutes),
    working: workingTimeInWords(line.workingMinutes),
    outcome: codeInWords(line.outcome),
    decider: line.decider,
    target: line.onTime ? 'In time' : `Late by ${lateBy(line.effectiveAt, line.dueAt)}`,
    limit: line.withinStatutoryLimit ? 'In time' : `Late by ${lateBy(line.effectiveAt, line.statutoryDueAt)}`,
    whyLate: whyLate(line),
  };
}

/** Why a decision is late; empty where it is in time. */
function whyLate({ onTime, withinStatutoryLimit, wasDecidedLate, lateReason }: DecidedLine): string {
  if (onTime && withinStatutoryLimit) return '';
  if (!wasDecidedLate) return 'Decided in time, signed off late';
  return lateReason === null ? 'Not recorded' : codeInWords(lateReason);
}

function lateBy(at: Temporal.Instant, due: Temporal.Instant): string {
  return minutesInWords(Math.floor((at.epochMilliseconds - due.epochMilliseconds) / 60_000));
}
