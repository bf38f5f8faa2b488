import fc from 'fast-check';
import { countsAsRed, needsAnotherManager, type RatingInHistory } from './lowering.ts';
import { RATINGS, urgency, type Rating } from './rating.ts';

const history = (...given: readonly string[]): readonly RatingInHistory[] =>
  given.map((one) => {
    const [rating, by] = one.split(' ') as [Rating, string?];
    return { rating, by: by ?? null };
  });

describe('lowering a rating', () => {
  it.each<[string, readonly RatingInHistory[], Rating, string, boolean]>([
    ['red to green', history('red'), 'green', 'ann', true],
    ['red to amber', history('red'), 'amber', 'ann', false],
    ['amber to green', history('amber'), 'green', 'ann', false],
    ['the second step by the same person', history('red', 'amber ann'), 'green', 'ann', true],
    ['the second step by another person', history('red', 'amber ann'), 'green', 'bob', false],
    ['the second step after a confirmation', history('red', 'amber ann', 'amber bob'), 'green', 'ann', true],
    ['both steps again after a rise', history('red', 'amber ann', 'green bob', 'red cas'), 'green', 'bob', true],
    ['one step again after a rise', history('red', 'amber ann', 'green bob', 'amber cas'), 'green', 'ann', true],
    [
      'one step again after a rise, by another',
      history('red', 'amber ann', 'green bob', 'amber cas'),
      'green',
      'bob',
      false,
    ],
    ['what the person raised by mistake', history('green', 'red ann'), 'green', 'ann', true],
    ['the same rating', history('red'), 'red', 'ann', false],
    ['a rise', history('red', 'amber ann', 'green bob'), 'amber', 'ann', false],
  ])('asks for another manager or not: %s', (_, before, to, by, expected) => {
    expect(needsAnotherManager(before, to, by)).toBe(expected);
  });

  it('never lets one person take a referral from red to green, by whatever acts', () => {
    const act = fc.record({ rating: fc.constantFrom(...RATINGS), by: fc.constantFrom('ann', 'bob') });
    fc.assert(
      fc.property(fc.constantFrom(...RATINGS), fc.array(act, { maxLength: 12 }), (suggested, acts) => {
        const given: RatingInHistory[] = [{ rating: suggested, by: null }];
        for (const { rating, by } of acts) {
          if (!needsAnotherManager(given, rating, by)) given.push({ rating, by });
        }
        if (given.at(-1)!.rating !== 'green') return;
        const lastRed = given.findLastIndex(({ rating }) => rating === 'red');
        if (lastRed < 0) return;
        const lowered = given.filter(
          ({ rating }, index) => index > lastRed && urgency(rating) > urgency(given[index - 1]!.rating),
        );
        expect(new Set(lowered.map(({ by }) => by)).size).toBe(2);
        expect(countsAsRed(given)).toBe(false);
      }),
    );
  });
});

describe('a referral', () => {
  it.each<[string, readonly RatingInHistory[], boolean]>([
    ['is red', history('red'), true],
    ['was raised to red', history('green', 'red ann'), true],
    ['was lowered from red by one manager', history('red', 'amber ann'), true],
    ['was lowered from red and confirmed there', history('red', 'amber ann', 'amber bob'), true],
    ['was lowered to green by one manager, before that was refused', history('red', 'green ann'), true],
    ['was lowered to green by two managers', history('red', 'amber ann', 'green bob'), false],
    ['was raised again after two managers had lowered it', history('red', 'amber ann', 'green bob', 'amber cas'), true],
    ['was never red', history('amber', 'green ann'), false],
  ])('counts as red or not when it %s', (_, before, expected) => {
    expect(countsAsRed(before)).toBe(expected);
  });
});
