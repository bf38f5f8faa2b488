import { timeInWords } from '#domain';
import type { RotaPage } from '#rota';
import { codeInWords } from '../../shell/words/words.ts';
import { dayOf, overlaps, RotaLinks, type Stretch } from './rota-links.presenter.ts';

/**
 * The week as a grid: a line for the gaps, then one for each person, a column for each day.
 *
 * @param mayChange the person is led to the form of a turn from each gap and each day that is not over
 */
export function presentWeek(page: RotaPage, zone: string, mayChange: boolean) {
  const { week, members, now } = page;
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const [monday, sunday] = [week.days[0]!.date, week.days.at(-1)!.date];
  const onDay = <T extends Stretch>(spans: readonly T[], date: Temporal.PlainDate) =>
    spans.filter((span) => overlaps(span, dayOf(date, zone)));
  const within = (span: Stretch, date: Temporal.PlainDate) => timesOn(span, dayOf(date, zone), zone);
  const links = new RotaLinks(page, zone);
  const isAhead = (date: Temporal.PlainDate) => mayChange && Temporal.PlainDate.compare(date, today) >= 0;
  const covers = week.spans.filter(({ kind }) => kind === 'cover');
  const cellOf = (personId: string, date: Temporal.PlainDate) =>
    onDay(week.spans, date)
      .filter((span) => span.personId === personId)
      .map((span) => {
        const isReplaced =
          span.kind === 'turn' &&
          covers.some((cover) => cover.group === span.group && cover.personId !== personId && overlaps(cover, span));
        const what = span.group === null ? 'Away' : codeInWords(span.group);
        const how = span.kind === 'cover' ? ' (cover)' : isReplaced ? ' (covered by another person)' : '';
        return {
          what: `${what}${how}`,
          times: within(span, date),
          isAway: span.kind === 'absence',
          cover: isAhead(date) && span.group !== null && !isReplaced ? links.toFill(span.group, span, date) : null,
        };
      });
  return {
    shown: monday.toString(),
    title: `Week from ${dayAndMonth(monday)} to ${dayAndMonth(sunday)} ${sunday.year}`,
    previous: monday.subtract({ days: 7 }).toString(),
    next: monday.add({ days: 7 }).toString(),
    isNow: Temporal.PlainDate.compare(monday, today) <= 0 && Temporal.PlainDate.compare(today, sunday) <= 0,
    isPast: Temporal.PlainDate.compare(sunday, today) < 0,
    days: week.days.map(({ date, opening }) => ({
      name: date.toLocaleString('en-GB', { weekday: 'short' }),
      date: dayAndMonth(date),
      isToday: date.equals(today),
      isOpen: opening !== null,
    })),
    gaps: week.days.map(({ date }) =>
      onDay(week.gaps, date).map((gap) => ({
        group: codeInWords(gap.group),
        times: within(gap, date),
        cover: isAhead(date) ? links.toFill(gap.group, gap, date) : null,
      })),
    ),
    gapCount: week.gaps.length,
    people: members.map((member) => ({
      name: member.name,
      always: member.groups
        .filter((group) => week.withoutTurns.includes(group))
        .map(codeInWords)
        .join(', '),
      cells: week.days.map(({ date }) => {
        const duties = cellOf(member.id, date);
        const isFree = duties.every(({ isAway }) => isAway);
        return { duties, add: isFree && isAhead(date) ? links.toAdd(member, date) : null };
      }),
    })),
  };
}

/** Such as `8am to 6pm`, `from 8am`, `until 6pm` or `all day`, of the part of a span that is on a day. */
function timesOn(span: Stretch, day: Stretch, zone: string): string {
  const begins = span.from.epochMilliseconds > day.from.epochMilliseconds;
  const ends = span.until.epochMilliseconds < day.until.epochMilliseconds;
  const [from, until] = [timeInWords(span.from, zone), timeInWords(span.until, zone)];
  if (begins && ends) return `${from} to ${until}`;
  if (begins) return `from ${from}`;
  return ends ? `until ${until}` : 'all day';
}

function dayAndMonth(date: Temporal.PlainDate): string {
  return date.toLocaleString('en-GB', { day: 'numeric', month: 'long' });
}
