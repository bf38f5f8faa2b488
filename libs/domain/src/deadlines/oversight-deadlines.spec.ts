import fc from 'fast-check';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { DEFAULT_POLICY } from '../policy/default-policy.ts';
import { RATINGS } from '../rating/rating.ts';
import { after, type Span } from '../working-time/span.ts';
import { isOpen } from '../working-time/working-calendar.ts';
import { dueTimes } from './due-times.ts';
import { armChallenge, armSupervisionAction, reopenedSteps } from './oversight-deadlines.ts';
import { nextServiceRepeat } from './service-deadlines.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const london = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const inLondon = (instant: Temporal.Instant) =>
  instant.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' });
const instants = fc
  .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 0, 1) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const isAfter = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) > 0;

describe('a challenge', () => {
  it.each([
    ['2026-11-23T10:00', '2026-11-24T10:00', '2026-11-25T10:00'],
    ['2026-11-27T15:00', '2026-11-30T15:00', '2026-12-01T15:00'],
    ['2026-11-28T12:00', '2026-11-30T17:00', '2026-12-01T17:00'],
  ])('made at %s tells the practice manager at once, more senior people at %s and then at %s', (made, due, again) => {
    const { dueAt, steps } = armChallenge(calendar, 'amber', london(made));
    expect(inLondon(dueAt)).toBe(due);
    expect(steps.map(({ at, tell }) => [inLondon(at), tell.join(' ')])).toEqual([
      [made, 'practice_manager'],
      [due, 'owner practice_manager service_manager'],
      [again, 'owner service_manager head_of_service'],
    ]);
  });

  it('is rated like its referral, and tells by the ladder of that rating', () => {
    for (const rating of RATINGS) {
      const armed = armChallenge(calendar, rating, london('2026-11-23T10:00'));
      expect(armed.rating).toBe(rating);
      expect(armed.steps.some(({ ladder }) => ladder.some(({ channels }) => channels.includes('sms')))).toBe(
        rating !== 'green',
      );
    }
  });

  it('is told of again each working day, however late the step before fired', () => {
    const { steps } = armChallenge(calendar, 'red', london('2026-11-23T10:00'));
    const repeat = nextServiceRepeat(calendar, 'challenge', steps.at(-1)!, london('2026-12-03T09:00'))!;
    expect([inLondon(repeat.at), repeat.repetition]).toEqual(['2026-12-03T10:00', 2]);
    expect(nextServiceRepeat(calendar, 'challenge', steps[0]!, london('2026-12-03T09:00'))).toBeNull();
  });
});

describe('an action of a supervision note', () => {
  it.each([
    // The Friday before a weekend, and the day before Christmas.
    ['2026-11-25', '2026-11-26T08:30', '2026-11-27T08:30'],
    ['2026-11-27', '2026-11-30T08:30', '2026-12-01T08:30'],
    ['2026-12-24', '2026-12-29T08:30', '2026-12-30T08:30'],
  ])('due on %s tells its owner at %s, and the managers as well at %s', (dueOn, first, second) => {
    const { dueAt, steps } = armSupervisionAction(calendar, Temporal.PlainDate.from(dueOn), 'practice_manager');
    expect(dueAt).toEqual(london(`${Temporal.PlainDate.from(dueOn).add({ days: 1 }).toString()}T00:00`));
    expect(steps.map(({ at, tell }) => [inLondon(at), tell.join(' ')])).toEqual([
      [first, 'owner'],
      [second, 'owner practice_manager'],
    ]);
  });

  it('alerts no person before its day is over, nor while the front door is shut', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const dueOn = instant.toZonedDateTimeISO('Europe/London').toPlainDate();
        const { dueAt, steps } = armSupervisionAction(calendar, dueOn, 'service_manager');
        for (const { at } of steps) expect([isAfter(dueAt, at), isOpen(calendar, at)]).toEqual([false, true]);
      }),
    );
  });
});

describe('the steps of a referral that a sample opened again', () => {
  it('tell the managers once now, fire none of the past, and go on to repeat', () => {
    fc.assert(
      fc.property(fc.constantFrom(...RATINGS), instants, fc.nat(90 * 24 * 60), (rating, receivedAt, minutes) => {
        const now = receivedAt.add({ minutes });
        const dueAt = dueTimes(DEFAULT_POLICY, calendar, rating, receivedAt).decisionDueAt;
        const { waiting, passedOver } = reopenedSteps(DEFAULT_POLICY, calendar, rating, { receivedAt, dueAt }, now);
        const firing = waiting.filter(({ at }) => !isAfter(at, now));
        expect(firing.map(({ tell, repetition }) => [tell.join(' '), repetition])).toEqual([
          ['practice_manager service_manager head_of_service', 0],
        ]);
        expect(firing[0]!.at).toEqual(now);
        const repeats = waiting.filter(({ repetition }) => repetition > 0);
        expect(repeats).toHaveLength(1);
        expect(isAfter(repeats[0]!.at, now) && isAfter(repeats[0]!.at, dueAt)).toBe(true);
        const { repeatEvery } = DEFAULT_POLICY.ratings[rating].escalation.at(-1) as { repeatEvery: Span };
        if (isAfter(now, dueAt)) expect(isAfter(repeats[0]!.at, after(calendar, now, repeatEvery))).toBe(false);
        // No two rows of one deadline have the same place and repetition.
        const places = [...waiting, ...passedOver].map(({ position, repetition }) => `${position} ${repetition}`);
        expect(new Set(places).size).toBe(places.length);
      }),
    );
  });
});
