import fc from 'fast-check';
import { CONCERN_TYPES, INDICATORS, type ConcernType, type Indicator } from '../code-lists/concern-types.ts';
import { OUTCOMES } from '../code-lists/outcomes.ts';
import { DEFAULT_CALENDAR, workingCalendar } from '../policy/default-calendar.ts';
import { localDate } from '../working-time/working-calendar.ts';
import { beginsEnquiries, DISCUSSION_AGENCIES, DISCUSSION_OUTCOMES } from './discussion-codes.ts';
import { discussionDueAt, isInjuryOrSexualHarm, mayFamilyBeTold, needsDiscussion } from './discussion-due.ts';
import { missingFromQuorum } from './quorum.ts';

const calendar = workingCalendar(DEFAULT_CALENDAR);
const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
const within = { elapsedHours: 24 };

it('a strategy discussion follows a decision for one, and immediate protection', () => {
  expect(OUTCOMES.filter((outcome) => !mayFamilyBeTold(outcome)).toSorted()).toEqual([
    ...['immediate_protection', 'refer_to_lado', 'strategy_discussion'],
  ]);
  expect(OUTCOMES.filter(needsDiscussion)).toEqual(['immediate_protection', 'strategy_discussion']);
});

it('an injury or sexual harm is what these codes say, alone or among others', () => {
  const types: readonly ConcernType[] = [
    ...(['physical_abuse', 'sexual_abuse', 'child_sexual_exploitation', 'female_genital_mutilation'] as const),
  ];
  const indicators: readonly Indicator[] = ['injury_to_non_mobile_child', 'weapon_or_strangulation'];
  const other = { types: ['neglect'], indicators: ['missing_now'] } as const;
  for (const type of CONCERN_TYPES) {
    expect([type, isInjuryOrSexualHarm({ types: [type] })]).toEqual([type, types.includes(type)]);
    expect(isInjuryOrSexualHarm({ ...other, types: ['neglect', type] })).toBe(types.includes(type));
  }
  for (const one of INDICATORS) {
    expect([one, isInjuryOrSexualHarm({ ...other, indicators: ['missing_now', one] })]).toEqual([
      one,
      indicators.includes(one),
    ]);
  }
});

describe('the due time of a strategy discussion', () => {
  it.each([
    ['2026-11-23T10:00', false, '2026-11-24T10:00'],
    ['2026-11-23T10:00', true, '2026-11-24T00:00'],
    ['2026-11-23T23:59', true, '2026-11-24T00:00'],
    ['2026-11-24T00:00', true, '2026-11-25T00:00'],
    // A Saturday, and the days on which the clocks change.
    ['2026-11-28T15:00', false, '2026-11-29T15:00'],
    ['2026-03-28T12:00', false, '2026-03-29T13:00'],
    // The day has 25 hours: 24 of them end before midnight.
    ['2026-10-25T00:30', true, '2026-10-25T23:30'],
    ['2026-10-24T12:00', false, '2026-10-25T11:00'],
  ])('from %s, of harm on the same day: %s, is %s', (startedAt, isSameDay, due) => {
    const found = discussionDueAt(calendar, { startedAt: at(startedAt), within, isSameDay });
    expect(found.toString()).toBe(at(due).toString());
  });

  it('is never after the time of the policy, and for such harm always on the day of the decision', () => {
    const instants = fc.integer({
      min: at('2025-01-01T00:00').epochMilliseconds,
      max: at('2030-01-01T00:00').epochMilliseconds,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 48 }), (ms, hours) => {
        const startedAt = Temporal.Instant.fromEpochMilliseconds(ms);
        const due = (isSameDay: boolean) =>
          discussionDueAt(calendar, { startedAt, within: { elapsedHours: hours }, isSameDay });
        expect(due(false).toString()).toBe(startedAt.add({ hours }).toString());
        expect(Temporal.Instant.compare(due(true), due(false))).toBeLessThanOrEqual(0);
        expect(Temporal.Instant.compare(startedAt, due(true))).toBe(-1);
        const last = localDate(calendar, due(true).subtract({ nanoseconds: 1 }));
        expect(last.toString()).toBe(localDate(calendar, startedAt).toString());
      }),
    );
  });
});

it('a discussion is quorate with social care, police and health, and lacks those of them that did not come', () => {
  expect(missingFromQuorum([])).toEqual(['social_care', 'police', 'health']);
  expect(missingFromQuorum(['health', 'social_care', 'police'])).toEqual([]);
  expect(missingFromQuorum(['social_care', 'education', 'other'])).toEqual(['police', 'health']);
  fc.assert(
    fc.property(fc.subarray([...DISCUSSION_AGENCIES]), (came) => {
      const missing = missingFromQuorum(came);
      expect(missing.length === 0).toBe(
        ['social_care', 'police', 'health'].every((one) => came.some((two) => one === two)),
      );
      expect(missing.every((one) => !came.includes(one))).toBe(true);
    }),
  );
});

it('enquiries begin by one agency or two, and not where the discussion agrees on none', () => {
  expect(DISCUSSION_OUTCOMES.filter(beginsEnquiries)).toEqual(['section_47_single', 'section_47_joint']);
});
