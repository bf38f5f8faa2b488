import { CONFIRMED_IN_DECIDING } from '#referrals';
import { RATINGS } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const OF = { red: aBruisedBaby, amber: aRoutineAmber, green: aPoorAttender } as const;
const personsRatings = async (reference: string) => (await hub.read(reference)).ratings.filter(({ by }) => by !== null);

describe('a decision on a rating that no person has confirmed', () => {
  it.each(RATINGS)('is refused of a %s referral unless the decider confirms that rating', async (rating) => {
    const reference = await hub.submit(OF[rating]());
    for (const confirms of [null, ...RATINGS.filter((other) => other !== rating)]) {
      await expect(hub.decides(hub.socialWorker, reference, { confirmsRating: confirms })).rejects.toMatchObject({
        code: 'rating-not-confirmed',
      });
    }
    const page = await hub.read(reference);
    expect([page.decisions, page.holder, await personsRatings(reference)]).toEqual([[], null, []]);
  });

  it.each(RATINGS)('records that the decider confirms %s, at the instant of the decision', async (rating) => {
    const reference = await hub.submit(OF[rating]());
    await hub.decides(hub.socialWorker, reference, { confirmsRating: rating });
    const { decisions } = await hub.read(reference);
    expect(await personsRatings(reference)).toMatchObject([
      {
        ...{ rating, previous: rating, matched: null },
        ...{
          by: hub.socialWorker.name,
          reason: expect.stringMatching(`^${CONFIRMED_IN_DECIDING}. As (the rules suggest|suggested): `),
          at: decisions[0]!.at,
        },
      },
    ]);
    expect(await hub.recordOf('referral.rated')).toEqual([{ from: rating, to: rating }]);
  });

  it('counts the confirmation as the first rating by a person, in the response time too', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, reference);
    const { responseTime } = await hub.read(reference);
    expect(responseTime!.firstRatedAt).toEqual(responseTime!.decidedAt);
  });

  it('keeps the confirmation when the decision is taken back', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, reference);
    await hub.takesBack(hub.socialWorker, reference);
    await hub.decides(hub.socialWorker, reference, { confirmsRating: null });
    expect(await personsRatings(reference)).toHaveLength(1);
  });
});

describe('a decision on a rating that a person has given', () => {
  it('needs no confirmation, and records none', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.rates(hub.screener, reference, 'amber');
    await hub.decides(hub.socialWorker, reference, { confirmsRating: null });
    expect(await personsRatings(reference)).toHaveLength(1);
  });

  it('is refused when the decider confirms another rating than the referral has', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.rates(hub.screener, reference, 'red');
    await expect(hub.decides(hub.socialWorker, reference, { confirmsRating: 'amber' })).rejects.toMatchObject({
      code: 'rating-not-confirmed',
    });
  });
});
