import fc from 'fast-check';
import { OUTCOMES } from '../code-lists/outcomes.ts';
import { bornBy, keptUntil, type RetentionFacts } from './kept-until.ts';
import { DEFAULT_RETENTION_SCHEDULE, retentionFaults, type RetentionSchedule } from './retention-schedule.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
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

  const days = fc.integer({ min: 0, max: 20_000 }).map((days) => day('2000-01-01').add({ days }));
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
  const { rules } = DEFAULT_RETENTION_SCHEDULE;

  it('that the service ships with has no fault', () => {
    expect(faults(DEFAULT_RETENTION_SCHEDULE)).toEqual([]);
  });

  it.each([0, -1, 1.5, 121, Number.NaN])('with %s years has a fault', (years) => {
    expect(faults({ rules: rules.map((rule) => (rule.name === 'R1c' ? { ...rule, years } : rule)) })).toEqual([
      'The years of R1c must be a whole number from 1 to 120',
    ]);
  });

  it('that leaves an outcome out, or names it twice, has a fault', () => {
    expect(faults({ rules: rules.slice(1) })).toEqual(['Each outcome must stand in one rule']);
    expect(faults({ rules: [...rules, rules[0]!] })).toEqual(['Each outcome must stand in one rule']);
  });
});
