import { PERSON_MEASURES, type AboutPeople, type FiguresOfOne, type Line } from '#oversight';
import { lasting, shareOf } from '../charts/in-words.ts';
import { dayInWords } from '../words/words.ts';
import { REFERRAL, workingDay } from './nouns.ts';

const DECISION = { one: 'decision', many: 'decisions' };

/** A figure of people: what it is called, what it counts, and how that of one person, or of the hub, reads. */
export interface PersonFigure {
  readonly title: string;
  readonly counts: string;
  readonly inWords: (of: FiguresOfOne) => string;
}

const share = (numerator: number, denominator: number, unit: typeof REFERRAL) =>
  denominator === 0 ? 'None' : shareOf(numerator, denominator, unit);

/** Each figure of people in the order in which pages show them. */
export function personFigures({ minutesOfADay }: AboutPeople): readonly PersonFigure[] {
  const day = workingDay(minutesOfADay);
  const within = (minutes: number | null) => (minutes === null ? 'not reached' : `within ${lasting(minutes, day)}`);
  const inWords = (line: Line, isDuration: boolean) => {
    if (!isDuration) return share(line.numerator, line.denominator, REFERRAL);
    if (line.denominator === 0) return 'None';
    return `Half ${within(line.workingMedian)}, nine in ten ${within(line.workingP90)}, by opening hours`;
  };
  return [
    ...PERSON_MEASURES.map(({ title, numerator, kind }, place) => ({
      title,
      counts: `${numerator}.`,
      inWords: ({ lines }: FiguresOfOne) => inWords(lines[place]!, kind === 'duration'),
    })),
    {
      title: 'Decisions that were returned at sign-off',
      counts: 'Of the decisions that needed sign-off, by the person who made them.',
      inWords: ({ decisions: { returned, neededSignOff } }) => share(returned, neededSignOff, DECISION),
    },
    {
      title: 'Decisions that were taken back',
      counts: 'Of all decisions, by the person who made them.',
      inWords: ({ decisions: { takenBack, made } }) => share(takenBack, made, DECISION),
    },
  ];
}

/** Such as `Referrals received from Sunday 23 August 2026 to Monday 23 November 2026.` */
export function periodOfPeople({ period: { from, to } }: AboutPeople): string {
  const [first, last] = [from, to.subtract({ days: 1 })].map((day) => dayInWords(day.toString()));
  return `Referrals received from ${first} to ${last}.`;
}
