import { atLocalTime, timeInWords } from '#domain';
import type { RotaPage, RotaSpan } from '#rota';
import { codeInWords } from '../../shell/words/words.ts';

type Span = Pick<RotaSpan, 'from' | 'until'>;

/** The week as a grid: a line for the gaps, then one for each person, a column for each day. */
export function presentWeek({ week, members, now }: RotaPage, zone: string) {
  const today = now.toZonedDateTimeISO(zone).toPlainDate();
  const [monday, sunday] = [week.days[0]!.date, week.days.at(-1)!.date];
  const onDay = <T extends Span>(spans: readonly T[], date: Temporal.PlainDate) =>
    spans.filter((span) => overlaps(span, dayOf(date, zone)));
  const within = (span: Span, date: Temporal.PlainDate) => timesOn(span, dayOf(date, zone), zone);
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
        return { what: `${what}${how}`, times: within(span, date), isAway: span.kind === 'absence' };
      });
  return {
    title: `Week from ${dayAndMonth(monday)} to ${dayAndMonth(sunday)} ${sunday.year}`,
    previous: monday.subtract({ days: 7 }).toString(),
    next: monday.add({ days: 7 }).toString(),
    isNow: Temporal.PlainDate.compare(monday, today) <= 0 && Temporal.PlainDate.compare(today, sunday) <= 0,
    isPast: Temporal.PlainDate.compare(sunday, today) < 0,
    days: week.days.map(({ date, isOpen }) => ({
      name: date.toLocaleString('en-GB', { weekday: 'short' }),
      date: dayAndMonth(date),
      isToday: date.equals(today),
      isOpen,
    })),
    gaps: week.days.map(({ date }) =>
      onDay(week.gaps, date).map((gap) => ({ group: codeInWords(gap.group), times: within(gap, date) })),
    ),
    gapCount: week.gaps.length,
    people: members.map(({ id, name, groups }) => ({
      name,
      always: groups
        .filter((group) => week.withoutTurns.includes(group))
        .map(codeInWords)
        .join(', '),
      cells: week.days.map(({ date }) => cellOf(id, date)),
    })),
  };
}

function dayOf(date: Temporal.PlainDate, timeZone: string): Span {
  const at = (day: Temporal.PlainDate) => atLocalTime({ timeZone }, day, '00:00');
  return { from: at(date), until: at(date.add({ days: 1 })) };
}

function overlaps(a: Span, b: Span): boolean {
  return a.from.epochMilliseconds < b.until.epochMilliseconds && b.from.epochMilliseconds < a.until.epochMilliseconds;
}

/** Such as `8am to 6pm`, `from 8am`, `until 6pm` or `all day`, of the part of a span that is on a day. */
function timesOn(span: Span, day: Span, zone: string): string {
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
