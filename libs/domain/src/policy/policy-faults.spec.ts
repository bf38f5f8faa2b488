import { DEFAULT_CALENDAR } from './default-calendar.ts';
import { DEFAULT_POLICY } from './default-policy.ts';
import { calendarFaults, policyFaults } from './policy-faults.ts';
import type { EscalationStep, RatingPolicy, TriagePolicy } from './triage-policy.ts';

const red = (change: Partial<RatingPolicy>): TriagePolicy => ({
  ...DEFAULT_POLICY,
  ratings: { ...DEFAULT_POLICY.ratings, red: { ...DEFAULT_POLICY.ratings.red, ...change } },
});
const { escalation } = DEFAULT_POLICY.ratings.red;
const withStep = (step: object) => red({ escalation: [step as EscalationStep, ...escalation] });

it('finds no fault in the policy and the calendar that the service ships with', () => {
  expect([policyFaults(DEFAULT_POLICY), calendarFaults(DEFAULT_CALENDAR)]).toEqual([[], []]);
});

it.each([
  ['no step at the due time', red({ escalation: escalation.filter((step) => !('at' in step && step.at === 'due')) })],
  [
    'a due step only for a referral that is not held',
    red({
      escalation: escalation.map((step) =>
        'at' in step && step.at === 'due' ? { ...step, onlyIf: 'unclaimed' } : step,
      ),
    }),
  ],
  ['no repeat', red({ escalation: escalation.slice(0, -1) })],
  ['a repeat that is not the last', red({ escalation: [...escalation, escalation[1]!] })],
  [
    'a repeat with a condition',
    red({ escalation: escalation.map((step) => ('repeatEvery' in step ? { ...step, onlyIf: 'unclaimed' } : step)) }),
  ],
  ['no group to tell', withStep({ at: 'due', tell: [] })],
  ['an unknown group to tell', withStep({ at: 'due', tell: ['all_staff'] })],
  ['a span of nothing', red({ decisionDue: { elapsedHours: 0 } })],
  ['a span of half an hour in hours', red({ decisionDue: { elapsedHours: 0.5 } })],
  ['a span of a month', red({ decisionDue: { elapsedHours: 720 } })],
  ['a span without a unit', red({ decisionDue: { '': 4 } as never })],
  ['working days counted back', withStep({ at: { beforeDue: { workingDays: 1 } }, tell: ['duty_team'] })],
  [
    'only a channel that is advisory',
    withStep({ at: 'due', tell: ['duty_team'], ladder: [{ channels: ['teams'], afterMinutes: 0 }] }),
  ],
  ['nothing at once', withStep({ at: 'due', tell: ['duty_team'], ladder: [{ channels: ['email'], afterMinutes: 5 }] })],
  [
    'a channel twice',
    withStep({
      at: 'due',
      tell: ['duty_team'],
      ladder: [
        { channels: ['email'], afterMinutes: 0 },
        { channels: ['email'], afterMinutes: 5 },
      ],
    }),
  ],
  [
    'a rung after two days',
    withStep({
      at: 'due',
      tell: ['duty_team'],
      ladder: [
        { channels: ['email'], afterMinutes: 0 },
        { channels: ['sms'], afterMinutes: 2880 },
      ],
    }),
  ],
])('finds a fault in a policy with %s', (_, policy) => {
  expect(policyFaults(policy)).toHaveLength(1);
});

it.each([
  ['times that are none', { ...DEFAULT_CALENDAR, opening: { ...DEFAULT_CALENDAR.opening, mon: ['8am', '17:00'] } }],
  [
    'a day that closes before it opens',
    { ...DEFAULT_CALENDAR, opening: { ...DEFAULT_CALENDAR.opening, mon: ['17:00', '08:30'] } },
  ],
  [
    'a year without a day of work',
    {
      ...DEFAULT_CALENDAR,
      opening: { ...DEFAULT_CALENDAR.opening, mon: null, tue: null, wed: null, thu: null },
      localClosures: Array.from({ length: 60 }, (_, week) =>
        Temporal.PlainDate.from('2027-01-01').add({ weeks: week }).toString(),
      ),
    },
  ],
  ['a day that is none', { ...DEFAULT_CALENDAR, localClosures: ['2026-02-30'] }],
  [
    'no day at all',
    { ...DEFAULT_CALENDAR, opening: { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null } },
  ],
] as const)('finds a fault in a calendar with %s', (_, calendar) => {
  expect(calendarFaults(calendar)).toHaveLength(1);
});
