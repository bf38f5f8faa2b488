import { atLocalTime, type AlertGroup } from '#domain';
import type { RotaPage } from '#rota';
import { codeInWords } from '../../shell/words/words.ts';

/** A stretch of time, also a day. */
export interface Stretch {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

/** A link to the form of a turn, which it fills in. */
export interface TurnLink {
  readonly href: string;
  /** What it is about, for those who hear the link by itself. */
  readonly about: string;
}

const DAY_MS = 86_400_000;

/** The links of a week's grid to the form of a turn, each with what its gap or its cell says of it. */
export class RotaLinks {
  constructor(
    private readonly page: RotaPage,
    private readonly zone: string,
  ) {}

  /** To a turn of the group at the times of the gap, or of the turn that another person is to have. */
  toFill(group: AlertGroup, stretch: Stretch, date: Temporal.PlainDate): TurnLink {
    return this.link({ group, person: '', ...within(stretch, dayOf(date, this.zone)) }, `the ${nameOf(group)}`);
  }

  /**
   * To a turn of the person on a day: of the group of theirs that has a gap on it, or of their first. Its times are those
   * of the gap, of the group's other turns, of the front door, or the whole day.
   */
  toAdd({ id, name, groups }: RotaPage['members'][number], date: Temporal.PlainDate): TurnLink {
    const { gaps, spans, days } = this.page.week;
    const day = dayOf(date, this.zone);
    const gap = gaps.find((one) => groups.includes(one.group) && overlaps(one, day));
    const group = gap?.group ?? groups[0] ?? '';
    const other = spans.find((one) => one.kind === 'turn' && one.group === group);
    const { opening } = days.find((one) => one.date.equals(date))!;
    const hours = opening === null ? day : { from: opening.opensAt, until: opening.closesAt };
    const stretch = gap ?? (other === undefined ? hours : this.onDate(other, date));
    return this.link({ group, person: id, ...within(stretch, day) }, name);
  }

  /** The same local times on another day. */
  private onDate({ from, until }: Stretch, date: Temporal.PlainDate): Stretch {
    const [begins, ends] = [from, until].map((at) => at.toZonedDateTimeISO(this.zone)) as [
      Temporal.ZonedDateTime,
      Temporal.ZonedDateTime,
    ];
    const days = ends.toPlainDate().equals(begins.toPlainDate()) ? 0 : 1;
    const at = (day: Temporal.PlainDate, time: Temporal.PlainTime) => atLocalTime({ timeZone: this.zone }, day, time);
    return { from: at(date, begins.toPlainTime()), until: at(date.add({ days }), ends.toPlainTime()) };
  }

  private link(
    { group, person, from, until }: Stretch & { readonly group: AlertGroup | ''; readonly person: string },
    what: string,
  ): TurnLink {
    const [begins, ends] = [from, until].map((at) => at.toZonedDateTimeISO(this.zone));
    const time = (at: Temporal.ZonedDateTime) => at.toPlainTime().toString({ smallestUnit: 'minute' });
    const query = new URLSearchParams({
      ...{ week: this.page.week.days[0]!.date.toString(), group, person },
      ...{ day: begins!.toPlainDate().toString(), from: time(begins!), until: time(ends!) },
    });
    const day = begins!.toLocaleString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
    return { href: `/rota/turn?${query.toString()}`, about: `${what}, ${day}` };
  }
}

export function dayOf(date: Temporal.PlainDate, timeZone: string): Stretch {
  const at = (day: Temporal.PlainDate) => atLocalTime({ timeZone }, day, '00:00');
  return { from: at(date), until: at(date.add({ days: 1 })) };
}

export function overlaps(a: Stretch, b: Stretch): boolean {
  return a.from.epochMilliseconds < b.until.epochMilliseconds && b.from.epochMilliseconds < a.until.epochMilliseconds;
}

/** A stretch as one turn can have it: whole where it is no longer than a day, or else its part on the day. */
function within(stretch: Stretch, day: Stretch): Stretch {
  const { from, until } = stretch;
  if (until.epochMilliseconds - from.epochMilliseconds <= DAY_MS) return { from, until };
  return {
    from: from.epochMilliseconds < day.from.epochMilliseconds ? day.from : from,
    until: until.epochMilliseconds > day.until.epochMilliseconds ? day.until : until,
  };
}

function nameOf(group: AlertGroup): string {
  return codeInWords(group).toLowerCase();
}
