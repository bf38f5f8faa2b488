import { readdirSync, readFileSync } from 'node:fs';
import { CONCERN_TYPES } from '../code-lists/concern-types.ts';
import { DEFAULT_RATING_RULES } from '../policy/default-rating-rules.ts';
import type { ReferralFacts } from './referral-facts.ts';
import { suggestRating } from './suggest-rating.ts';

interface Scenario {
  body: {
    reportedAt: string;
    immediateDanger: boolean;
    concern: { types: ReferralFacts['types']; indicators?: ReferralFacts['indicators'] };
    children: ReferralFacts['children'];
  };
  expect: { rating: string; rules: string[] };
}

const SCENARIOS = new URL('../../../../scripts/scenarios/', import.meta.url);
const files = readdirSync(SCENARIOS).sort();
const scenario = (file: string) => JSON.parse(readFileSync(new URL(file, SCENARIOS), 'utf8')) as Scenario;
const facts = ({ body }: Scenario): ReferralFacts => ({
  immediateDanger: body.immediateDanger,
  types: body.concern.types,
  indicators: body.concern.indicators ?? [],
  children: body.children,
});

describe('the suggested rating', () => {
  it('finds all forty scenarios to suggest a rating for', () => expect(files).toHaveLength(40));

  it.each(files)('suggests the expected rating for %s, by exactly the expected rules', (file) => {
    const { body, expect: expected } = scenario(file);
    const receivedOn = Temporal.Instant.from(body.reportedAt).toZonedDateTimeISO('Europe/London').toPlainDate();
    const suggested = suggestRating(DEFAULT_RATING_RULES, facts(scenario(file)), receivedOn);
    expect(suggested.rating).toBe(expected.rating);
    expect(suggested.matched.map((rule) => rule.id)).toEqual(expected.rules);
  });

  const nothing: ReferralFacts = { immediateDanger: false, types: ['other'], indicators: [], children: [{}] };
  const today = Temporal.PlainDate.from('2026-11-23');
  const ids = (referral: Partial<ReferralFacts>, on = today) =>
    suggestRating(DEFAULT_RATING_RULES, { ...nothing, ...referral }, on).matched.map((rule) => rule.id);

  it('suggests amber when no rule matches', () => {
    expect(suggestRating(DEFAULT_RATING_RULES, nothing, today)).toEqual({ rating: 'amber', matched: [] });
  });

  it('suggests green only when every type of concern is one of early help', () => {
    expect(ids({ types: ['young_carer', 'housing_or_money'] })).toEqual(['G01']);
    expect(ids({ types: ['young_carer', 'other'] })).toEqual([]);
  });

  it.each(CONCERN_TYPES.filter((type) => type !== 'other'))('matches a rule for a concern of %s alone', (type) => {
    expect(ids({ types: [type] })).not.toEqual([]);
  });

  it.each([
    ['the day before the first birthday', { dateOfBirth: '2025-11-24' }, '2026-11-23', true],
    ['the first birthday', { dateOfBirth: '2025-11-23' }, '2026-11-23', false],
    ['born on 29 February, on 28 February', { dateOfBirth: '2024-02-29' }, '2025-02-28', true],
    ['born on 29 February, on 1 March', { dateOfBirth: '2024-02-29' }, '2025-03-01', false],
    ['unborn', { expectedDateOfBirth: '2027-01-10' }, '2026-11-23', true],
    ['about nought', { estimatedAge: 0 }, '2026-11-23', true],
    ['about one', { estimatedAge: 1 }, '2026-11-23', false],
    ['age not given', {}, '2026-11-23', false],
  ])('tells whether a child is under one: %s', (_, child, on, underOne) => {
    const matched = ids({ types: ['physical_abuse'], children: [child] }, Temporal.PlainDate.from(on));
    expect(matched.includes('R04')).toBe(underOne);
  });
});
