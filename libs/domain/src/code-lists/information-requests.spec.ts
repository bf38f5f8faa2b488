import { AUDIENCES, HANDLINGS, mayBeSeen, type Audience, type Handling } from './information-requests.ts';

describe('an answer of an agency', () => {
  it.each<[Handling, readonly Audience[]]>([
    ['may_share_with_family', ['hub', 'receiving_service', 'family']],
    ['receiving_service', ['hub', 'receiving_service']],
    ['hub_only', ['hub']],
    ['not_on_file', ['hub']],
  ])('marked %s is seen by %j alone', (handling, seenBy) => {
    expect(AUDIENCES.filter((audience) => mayBeSeen(handling, audience))).toEqual(seenBy);
  });

  it('is seen by the hub however it is marked', () => {
    expect(HANDLINGS.every((handling) => mayBeSeen(handling, 'hub'))).toBe(true);
  });
});
