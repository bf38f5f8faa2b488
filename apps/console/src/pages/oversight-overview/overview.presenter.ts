import type { DiscussionStanding } from '#discussions';
import { dateInWords, localDate, minutesInWords, RATINGS } from '#domain';
import { overviewLines, type OverdueLine, type Overview, type WhatWeDoNotKnow } from '#oversight';
import { ELAPSED_DAY } from '../../shell/oversight/nouns.ts';
import { proofOf } from '../../shell/oversight/proof.ts';
import { lasting } from '../../shell/charts/in-words.ts';
import { ageInWords } from '../../shell/words/age.ts';
import { codeInWords, dayAndTime, ratingTag } from '../../shell/words/words.ts';
import { openByAge, sharesByMonth, timeToDecision } from './overview.charts.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const are = (count: number) => (count === 1 ? 'is' : 'are');

/** The first page of managers. @param isOfDesk whether the reader may open the queue and alerts */
export function presentOverview(overview: Overview, discussions: DiscussionStanding, isOfDesk: boolean) {
  const { asOf, timeZone } = overview;
  return {
    proof: proofOf(overview),
    day: localDate({ timeZone }, asOf).toString(),
    numbers: [...numbersOf(overview), discussionsInNumbers(discussions)].map((one) =>
      isOfDesk || !ofDesk(one.href) ? one : { ...one, href: null },
    ),
    sentence: sentenceOf(overview),
    charts: {
      share: sharesByMonth(overview),
      openByAge: openByAge(overview),
      time: timeToDecision(overview),
    },
    target: targetRows(overview),
    overdueColumns: ['Rating', isOfDesk ? 'Child' : 'Referral', 'Overdue by', 'With'],
    overdue: overview.overdue.lines.map((line) => presentOverdue(line, overview)),
    moreOverdue: overview.overdue.count - overview.overdue.lines.length,
    moreOverdueHref: rowsOfOpen('overdue-hours', asOf),
    unknown:
      overview.unknown === null
        ? null
        : unknownInWords(overview.unknown, overview).map((one) =>
            isOfDesk || !ofDesk(one.href) ? one : { ...one, href: null },
          ),
  };
}

/** Whether an address is of a page that those who work on referrals have, and an auditor has not. */
const ofDesk = (href: string | null) => href !== null && /^\/(queue|alerts)/.test(href);

/** The rows of a measure of the referrals that are open at an instant. */
const rowsOfOpen = (measure: string, asOf: Temporal.Instant) =>
  `/oversight/figures/${measure}/rows?asOf=${asOf.toString()}`;

/** The rows of the alerts of some days. @param from the first, a local date */
function rowsOfAlerts(from: Temporal.PlainDate, asOf: Temporal.Instant, timeZone: string): string {
  const to = localDate({ timeZone }, asOf).add({ days: 1 }).toString();
  return `/oversight/figures/alerts-answered-in-15-minutes/rows?from=${from.toString()}&to=${to}&asOf=${asOf.toString()}`;
}

/** The numbers at the head of the page, each with the way to its rows. */
function numbersOf({ overdue, open, signOff, alerts, months, asOf, timeZone }: Overview) {
  const thisMonth = months.months.at(-1)!;
  const share = overviewLines(thisMonth, 'decided-in-one-working-day').at(-1)!;
  const red = overviewLines(thisMonth, 'time-to-decision').find(({ group }) => group === 'red');
  const from = thisMonth.month.toString();
  const to = thisMonth.month.add({ months: 1 }).toString();
  const rows = (measure: string, by = '') =>
    `/oversight/figures/${measure}/rows?from=${from}&to=${to}&asOf=${asOf.toString()}${by}`;
  return [
    {
      value: String(overdue.count),
      isBad: overdue.count > 0,
      href: rowsOfOpen('overdue-hours', asOf),
      words: `overdue now, ${plural(overdue.children, 'child', 'children')}`,
      more: `${plural(overdue.childHours, 'child-hour')} overdue`,
    },
    {
      value: String(open.count),
      href: rowsOfOpen('open-by-age', asOf),
      words: 'open',
      more: changeInWords(open),
    },
    {
      value: share.value === null ? 'None' : `${share.value}%`,
      href: rows('decided-in-one-working-day'),
      words: 'decided within one working day this month',
      more: `${share.numerator} of ${share.denominator} due; ${share.notYetDue} not yet due`,
    },
    {
      value: red?.median == null ? 'None' : shortly(red.median),
      href: rows('time-to-decision', '&by=rating'),
      words:
        red?.median == null ? 'half of this month’s reds: not reached' : 'half of this month’s reds decided within',
      more: red?.p90 == null ? 'nine in ten: not reached' : `nine in ten within ${shortly(red.p90)}`,
    },
    {
      value: String(signOff.count),
      href: '/queue?view=sign-off',
      words: `${signOff.count === 1 ? 'waits' : 'wait'} for sign-off`,
      more: signOff.oldestSince === null ? '' : `the oldest since ${dayAndTime(signOff.oldestSince, asOf, timeZone)}`,
    },
    {
      value: String(alerts.notAnsweredInTime),
      isBad: alerts.notAnsweredInTime > 0,
      href: rowsOfAlerts(alerts.from, asOf, timeZone),
      words: `of ${plural(alerts.fired, 'alert')} of 7 days not answered in 15 minutes`,
      more: alerts.fired === 0 ? '' : `${alerts.reachedNobody} reached no person`,
    },
  ];
}

/** The strategy discussions: those not yet held, and beside them the median of this month, in which they count as waiting. */
function discussionsInNumbers({ asOf, period, waiting }: DiscussionStanding) {
  const { held, notYetHeld, notHeld, median } = period;
  const half = median === null ? 'not reached' : `held within ${shortly(median)}`;
  return {
    value: String(waiting.length),
    isBad: waiting.some(({ dueAt }) => Temporal.Instant.compare(dueAt, asOf) <= 0),
    href: '/oversight/discussions',
    words: `strategy ${waiting.length === 1 ? 'discussion' : 'discussions'} not yet held`,
    more:
      held + notYetHeld + notHeld === 0
        ? 'none needed this month'
        : `half of this month’s ${held + notYetHeld} ${half}; ${notYetHeld} of them not yet held`,
  };
}

function changeInWords({ count, beforeThisWeek }: Overview['open']): string {
  if (beforeThisWeek === null) return '';
  const change = count - beforeThisWeek;
  if (change === 0) return 'as many as before this week';
  return `${Math.abs(change)} ${change > 0 ? 'more' : 'fewer'} than before this week`;
}

/** For a number that is read at a glance. */
const shortly = (minutes: number) => lasting(minutes, ELAPSED_DAY);

/** What the page says, in words. */
function sentenceOf({ overdue, months, signOff }: Overview): string {
  const thisMonth = months.months.at(-1)!;
  const share = overviewLines(thisMonth, 'decided-in-one-working-day').at(-1)!;
  const lowered = overviewLines(thisMonth, 'lowered-then-in-time').at(-1)!;
  const parts = [
    overdue.count === 0
      ? 'Nothing is overdue now.'
      : `${plural(overdue.count, 'referral')} about ${plural(overdue.children, 'child', 'children')} ${are(overdue.count)} overdue now.`,
    share.denominator === 0
      ? 'No referral of this month is due yet.'
      : `Of ${share.denominator} of this month’s referrals that are due, ${share.numerator} were decided within one working day.`,
    ...(lowered.numerator > 0
      ? [`${lowered.numerator} ${are(lowered.numerator)} in time only because the rating was lowered.`]
      : []),
    ...(signOff.count > 0
      ? [`${plural(signOff.count, 'decision')} ${signOff.count === 1 ? 'waits' : 'wait'} for sign-off.`]
      : []),
  ];
  return parts.join(' ');
}

/** This month's referrals that were decided within the limit of their rating. */
function targetRows({ months }: Overview) {
  const lines = overviewLines(months.months.at(-1)!, 'decided-in-target');
  return RATINGS.map((rating) => {
    const line = lines.find(({ group }) => group === rating);
    return {
      tag: ratingTag(rating),
      rating: codeInWords(rating),
      inTime: line?.numerator ?? 0,
      due: line?.denominator ?? 0,
      share: line?.value == null ? 'None due' : `${line.value}%`,
      notYetDue: line?.notYetDue ?? 0,
    };
  });
}

function presentOverdue(line: OverdueLine, { asOf, isNow, timeZone }: Overview) {
  // Who holds a referral is known of this moment alone.
  const holder = isNow ? (line.holder ?? 'Not allocated') : 'Known for now alone';
  const age = ageInWords(line, localDate({ timeZone }, asOf));
  const others = line.otherChildren === 0 ? '' : ` +${line.otherChildren}`;
  return {
    tag: ratingTag(line.rating),
    href: `/referrals/${line.reference}`,
    who: line.child === null ? line.reference : `${line.child}${age === null ? '' : `, ${age}`}${others}`,
    late: minutesInWords(line.minutesOverdue),
    since: dayAndTime(line.dueAt, asOf, timeZone),
    holder: line.waitsForSignOff ? 'Waits for sign-off' : holder,
  };
}

/** What no figure shows: a line for each, with the way to look. */
function unknownInWords(unknown: WhatWeDoNotKnow, { asOf, timeZone, closedUpTo, alerts }: Overview) {
  const { breachesWithoutAlert, lateWithoutReason, daysNotClosed } = unknown;
  const { from, reachedNobody, notAnsweredInTime } = alerts;
  const ofAlerts = rowsOfAlerts(from, asOf, timeZone);
  const line = (count: number, words: string, href: string | null = null) => (count === 0 ? [] : [{ words, href }]);
  return [
    ...line(
      breachesWithoutAlert,
      `${plural(breachesWithoutAlert, 'referral')} past ${breachesWithoutAlert === 1 ? 'its' : 'their'} limit without an alert. This must not be: tell the people who run the service.`,
      '/service',
    ),
    ...line(reachedNobody, `${plural(reachedNobody, 'alert')} of the last 7 days reached no person`, ofAlerts),
    ...line(
      notAnsweredInTime,
      `${plural(notAnsweredInTime, 'alert')} of the last 7 days had no answer within 15 minutes`,
      ofAlerts,
    ),
    ...line(
      lateWithoutReason,
      `${plural(lateWithoutReason, 'late decision')} of the last 28 days ${lateWithoutReason === 1 ? 'has' : 'have'} no reason recorded`,
      '/oversight/decided',
    ),
    ...line(
      unknown.unreadSamples,
      `${unknown.unreadSamples} of the ${plural(unknown.sampled, 'decision')} of the latest sample ${unknown.unreadSamples === 1 ? 'has' : 'have'} not been read`,
      '/oversight/samples',
    ),
    ...line(
      daysNotClosed,
      `${plural(daysNotClosed, 'day')} ${are(daysNotClosed)} not closed${closedUpTo === null ? '' : `: the last closed one is ${dateInWords(closedUpTo.toZonedDateTime(timeZone).toInstant(), timeZone)}`}. The service tries again by itself`,
      '/service',
    ),
    ...unknown.silentAgencies.map(({ name, lastReceivedAt }) => ({
      words: `${name} has sent nothing since ${dateInWords(lastReceivedAt, timeZone)}`,
      href: null,
    })),
  ];
}
