import { Injectable } from '@nestjs/common';
import { Policies, type Versions } from '#deadlines';
import { countFigures, emptyTally, localDate, measureOf, type Measure, type Tallies } from '#domain';
import type { Transaction } from '#store';
import { lineOf, type Line, type Period } from '../figures/figure.ts';
import { minutesOfADay } from '../months/minutes-of-a-day.ts';
import { startOfDay } from '../months/start-of-day.ts';
import { Standings } from '../standings/standings.ts';
import { decisionsOfPeople, NO_DECISIONS, sumOf, type DecisionsOfPerson } from './decisions-of-people.ts';

/** The figures of a person are those of the referrals received in so many months, and today. */
const MONTHS = 3;

/**
 * The measures of a person's referrals. Beside those that say how quick a person is stand those that worsen when the
 * quickness is only on paper.
 */
export const PERSON_MEASURES: readonly Measure[] = [
  measureOf('decided-in-one-working-day')!,
  measureOf('decided-in-target')!,
  measureOf('time-to-decision')!,
  measureOf('lowered-then-in-time')!,
  measureOf('late-without-reason')!,
  measureOf('threshold-agreement')!,
];

/** The figures of one person, or of the hub. */
export interface FiguresOfOne {
  /** In the order of {@link PERSON_MEASURES}. */
  readonly lines: readonly Line[];
  readonly decisions: DecisionsOfPerson;
}

/** What all figures of people on a page have in common. */
export interface AboutPeople extends Versions {
  readonly asOf: Temporal.Instant;
  readonly timeZone: string;
  readonly period: Period;
  readonly minutesOfADay: number;
  /** The figures of all referrals, also of those that no person has decided. */
  readonly hub: FiguresOfOne;
}

/** The figures of each person who decided, counted over the same standings as those of the hub. */
@Injectable()
export class PeopleFigures {
  constructor(
    private readonly policies: Policies,
    private readonly standings: Standings,
  ) {}

  async read(tx: Transaction): Promise<{
    readonly about: AboutPeople;
    /** The ids of the people who decided any of the referrals. */
    readonly people: ReadonlySet<string>;
    readonly of: (personId: string) => FiguresOfOne;
  }> {
    const { calendar, policyVersion, calendarVersion } = await this.policies.inForce(tx);
    const { timeZone } = calendar;
    const today = localDate(calendar, tx.now);
    const period = { from: today.subtract({ months: MONTHS }), to: today.add({ days: 1 }) };
    const received = { from: startOfDay(timeZone, period.from), to: startOfDay(timeZone, period.to) };
    const standings = await this.standings.of(tx, { received }, tx.now);
    const figures = PERSON_MEASURES.map((measure) => ({ measure, by: 'decider' as const }));
    const tallies = countFigures(figures, standings, { asOf: tx.now, calendar });
    const decisions = await decisionsOfPeople(tx, received);
    const hub = { lines: linesOfOne(tallies, 'all'), decisions: sumOf(decisions.values()) };
    return {
      about: {
        ...{ asOf: tx.now, timeZone, period, policyVersion, calendarVersion, hub },
        minutesOfADay: minutesOfADay(calendar, today),
      },
      people: new Set([...decisions.keys(), ...tallies.flatMap(({ groups }) => [...groups.keys()])]),
      of: (personId) => ({
        lines: linesOfOne(tallies, personId),
        decisions: decisions.get(personId) ?? NO_DECISIONS,
      }),
    };
  }
}

/** @param group the id of a person, or `all` */
function linesOfOne(tallies: readonly Tallies[], group: string): readonly Line[] {
  return PERSON_MEASURES.map(({ kind }, place) => {
    const { all, groups } = tallies[place]!;
    return lineOf(kind, group, group === 'all' ? all : (groups.get(group) ?? emptyTally()));
  });
}
