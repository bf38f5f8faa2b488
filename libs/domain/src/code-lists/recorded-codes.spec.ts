import fc from 'fast-check';
import { needsPrimaryNeed } from './primary-needs.ts';
import { PROGRESSIONS } from './progressions.ts';
import { REFERRAL_SOURCES, referralSource } from './referral-sources.ts';

it('asks for the primary need of whatever counts as a referral', () => {
  expect(PROGRESSIONS.filter(needsPrimaryNeed)).toEqual(['referral_no_further_action', 'referral']);
});

it('takes a text for a source of the census only when it is one', () => {
  expect(REFERRAL_SOURCES).toHaveLength(22);
  for (const code of REFERRAL_SOURCES) expect(referralSource(code)).toBe(code);
  const anotherText = fc.string().filter((text) => !REFERRAL_SOURCES.some((code) => code === text));
  fc.assert(
    fc.property(anotherText, (text) => expect(referralSource(text)).toBeNull()),
    {
      examples: [['1a'], ['1'], [' 2A'], ['11'], ['constructor'], ['']],
    },
  );
});
