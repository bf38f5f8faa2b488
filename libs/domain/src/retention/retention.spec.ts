import fc from 'fast-check';
import { OUTCOMES } from '../code-lists/outcomes.ts';
import { adviceKeptUntil, bornBy, keptUntil, leftLongAgo, type RetentionFacts } from './kept-until.ts';
import {
  DEFAULT_RETENTION_SCHEDULE,
  retentionFaults,
  wholeSchedule,
  type RetentionSchedule,
} from './retention-schedule.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const days = fc.integer({ min: 0, max: 20_000 }).map((days) => day('2000-01-01').add({ days }));
const FACTS: RetentionFacts = {
  outcomes: ['no_further_action'],
  receivedOn: day('2026-11-23'),
  lastContactOn: day('2026-11-24'),
  youngestBornBy: day('2019-03-14'),
  contacts: 1,
};
const until = (facts: Partial<RetentionFacts>) => {
  const { rule, until } = keptUntil(DEFAULT_RETENTION_SCHEDULE, { ...FACTS, ...facts });
  return `${rule.name} ${until.toString()}`;
};

describe('the period of a referral', () => {
  it.each([
    ['counts from the last contact after no further action', {}, 'R1f 2033-11-24'],
    ['runs to the 25th birthday after a third contact', { contacts: 3 }, 'R1f 2044-03-14'],
    [
      'counts from the last contact after a third contact about a child who is grown up by then',
      { contacts: 3, youngestBornBy: day('2008-12-01') },
      'R1f 2033-12-01',
    ],
    ['counts from the 18th birthday after early help', { outcomes: ['early_help'] }, 'R1c 2040-03-14'],
    [
      'counts from the last contact where the child was 18 before it',
      { outcomes: ['early_help'], youngestBornBy: day('2008-11-01') },
      'R1c 2029-11-24',
    ],
    ['runs to the 25th birthday after an assessment', { outcomes: ['child_and_family_assessment'] }, 'R1b 2044-03-14'],
    ['is 35 years after protection', { outcomes: ['strategy_discussion'] }, 'R1a 2061-11-24'],
    ['is 100 years from the receipt after an allegation', { outcomes: ['refer_to_lado'] }, 'R1d 2126-11-23'],
    [
      'is that of the most serious outcome of any child',
      { outcomes: ['no_further_action', 'immediate_protection', 'early_help'] },
      'R1a 2061-11-24',
    ],
    [
      'ends on 28 February for a child of 29 February in a year that has none',
      { outcomes: ['child_and_family_assessment'], youngestBornBy: day('2020-02-29') },
      'R1b 2045-02-28',
    ],
  ] as const)('%s', (_, facts, expected) => {
    expect(until(facts)).toBe(expected);
  });

  const facts = fc
    .record({
      outcomes: fc.uniqueArray(fc.constantFrom(...OUTCOMES), { minLength: 1 }),
      receivedOn: days,
      later: fc.nat(10_000),
      age: fc.nat(6_600),
      contacts: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ later, age, ...rest }) => ({
      ...rest,
      lastContactOn: rest.receivedOn.add({ days: later }),
      youngestBornBy: rest.receivedOn.subtract({ days: age }),
    }));

  it('never ends before any rule that holds for one of its outcomes, but that of a less serious one', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { rule, until } = keptUntil(DEFAULT_RETENTION_SCHEDULE, given);
        expect(rule.outcomes.some((one) => given.outcomes.includes(one))).toBe(true);
        const before = DEFAULT_RETENTION_SCHEDULE.rules.slice(0, DEFAULT_RETENTION_SCHEDULE.rules.indexOf(rule));
        expect(before.some(({ outcomes }) => outcomes.some((one) => given.outcomes.includes(one)))).toBe(false);
        expect(Temporal.PlainDate.compare(until, given.receivedOn.add({ years: rule.years }))).toBeGreaterThanOrEqual(
          0,
        );
      }),
    );
  });

  it('never ends sooner for a later contact, a younger child or more contacts', () => {
    fc.assert(
      fc.property(facts, fc.nat(4_000), fc.nat(4_000), fc.nat(3), (given, contact, birth, contacts) => {
        const more = {
          ...given,
          lastContactOn: given.lastContactOn.add({ days: contact }),
          youngestBornBy: given.youngestBornBy.add({ days: birth }),
          contacts: given.contacts + contacts,
        };
        const [one, other] = [given, more].map((of) => keptUntil(DEFAULT_RETENTION_SCHEDULE, of).until);
        expect(Temporal.PlainDate.compare(other!, one!)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the period of advice', () => {
  const rule = DEFAULT_RETENTION_SCHEDULE.advice;

  it.each([
    ['is seven years from the day on which it was given', '2026-11-23', '2033-11-23'],
    ['ends on 28 February where it was given on the 29th', '2028-02-29', '2035-02-28'],
  ])('%s', (_, givenOn, until) => {
    const kept = adviceKeptUntil(rule, day(givenOn));
    expect([kept.rule, kept.until.toString()]).toEqual([rule, until]);
  });

  it('never ends sooner for advice that was given later', () => {
    fc.assert(
      fc.property(days, fc.nat(20_000), fc.integer({ min: 1, max: 120 }), (givenOn, later, years) => {
        const [one, other] = [givenOn, givenOn.add({ days: later })].map((on) =>
          adviceKeptUntil({ ...rule, years }, on),
        );
        expect(Temporal.PlainDate.compare(other!.until, one!.until)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('what is kept of a person who left', () => {
  it.each([
    ['the addresses for 30 days', 'forContact', '2026-12-24', '2026-11-23'],
    ['the name for seven years', 'forName', '2033-11-24', '2026-11-23'],
    ['the name a day longer where they left on 29 February', 'forName', '2035-03-02', '2028-03-01'],
  ] as const)('is %s', (_, what, today, left) => {
    const { leavers } = DEFAULT_RETENTION_SCHEDULE;
    expect(leftLongAgo(leavers, day(today))[what].toString()).toBe(left);
    expect(leftLongAgo(leavers, day(today).subtract({ days: 1 }))[what].toString()).not.toBe(left);
  });

  it('never goes before its period is over, and goes at the latest two days after', () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 1, max: 366 }),
        fc.integer({ min: 1, max: 120 }),
        (today, contactDays, nameYears) => {
          const { forContact, forName } = leftLongAgo({ contactDays, nameYears }, today);
          for (const over of [forContact.add({ days: contactDays }), forName.add({ years: nameYears })]) {
            expect(Temporal.PlainDate.compare(over, today)).toBe(-1);
            expect(over.until(today).days).toBeLessThanOrEqual(2);
          }
        },
      ),
    );
  });
});

describe('the latest day of a birth', () => {
  it.each([
    ['is the day of birth', { dateOfBirth: '2019-03-14', estimatedAge: 9 }, '2019-03-14'],
    ['is the youngest that a child of an age can be', { estimatedAge: 6 }, '2020-11-23'],
    ['is ten months after the receipt where it is not known', {}, '2027-09-19'],
  ])('%s', (_, child, expected) => {
    expect(bornBy(child, day('2026-11-23')).toString()).toBe(expected);
  });
});

describe('a schedule', () => {
  const faults = (schedule: RetentionSchedule) => retentionFaults(schedule).map(({ message }) => message);
  const shipped = DEFAULT_RETENTION_SCHEDULE;
  const { rules } = shipped;

  it('that the service ships with has no fault', () => {
    expect(faults(DEFAULT_RETENTION_SCHEDULE)).toEqual([]);
  });

  it.each([0, -1, 1.5, 121, Number.NaN])('with %s years has a fault', (years) => {
    expect(
      faults({ ...shipped, rules: rules.map((rule) => (rule.name === 'R1c' ? { ...rule, years } : rule)) }),
    ).toEqual(['The years of R1c must be a whole number from 1 to 120']);
  });

  it.each([0, 1.5, 121])('with %s years of advice or of names has a fault', (years) => {
    const { advice, leavers } = shipped;
    expect(faults({ ...shipped, advice: { ...advice, years }, leavers: { ...leavers, nameYears: years } })).toEqual([
      'The years of R1h must be a whole number from 1 to 120',
      'The years of R2 must be a whole number from 1 to 120',
    ]);
  });

  it.each([0, 1.5, 367])('with %s days of addresses has a fault', (contactDays) => {
    expect(faults({ ...shipped, leavers: { ...shipped.leavers, contactDays } })).toEqual([
      'The days of R2 must be a whole number from 1 to 366',
    ]);
  });

  it('that was published before there were classes of advice and of people who left has those that the service ships with', () => {
    const others = rules.map((rule) => ({ ...rule, years: 9 }));
    expect(wholeSchedule({ rules: others })).toEqual({ ...shipped, rules: others });
    const advice = { ...shipped.advice, years: 9 };
    expect(wholeSchedule({ rules, advice })).toEqual({ ...shipped, advice });
  });

  it('that leaves an outcome out, or names it twice, has a fault', () => {
    expect(faults({ ...shipped, rules: rules.slice(1) })).toEqual(['Each outcome must stand in one rule']);
    expect(faults({ ...shipped, rules: [...rules, rules[0]!] })).toEqual(['Each outcome must stand in one rule']);
  });
});
