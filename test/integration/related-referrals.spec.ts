import { randomUUID } from 'node:crypto';
import { JobRunner } from '#jobs';
import { createLogger } from '#platform';
import { linkEarlierReferrals } from '#referrals';
import { handlersOf } from '../support/job-handlers.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aCoachMessagingChildren, aPoorAttender } from '../support/referrals.ts';

let hub: Hub;
beforeAll(async () => void (hub = await createHub()));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

/** The worker does every job that waits. */
const jobsAreDone = () =>
  new JobRunner(
    hub.database,
    handlersOf({ 'match-earlier-referrals': ({ referralId }, tx) => linkEarlierReferrals(tx, referralId) }),
    createLogger('test', 'silent'),
  ).runDue(50);

async function twoOfOneChild() {
  const first = await hub.submit(aCoachMessagingChildren());
  await hub.moveBy({ minutes: 5 });
  const second = await hub.submit(aCoachMessagingChildren());
  return { first, second };
}

describe('a referral', () => {
  it('learns of a later one of the same child, as the later one learns of it', async () => {
    const { first, second } = await twoOfOneChild();
    await jobsAreDone();
    const [earlier, later] = [await hub.read(first), await hub.read(second)];
    const stands = { status: 'awaiting_decision', rating: 'amber', outcome: null, decidedAt: null, holder: null };
    expect([earlier.earlier, earlier.later]).toMatchObject([[], [{ ...stands, reference: second }]]);
    expect([later.earlier, later.later]).toMatchObject([[{ ...stands, reference: first }], []]);
    expect(earlier.later[0]!.receivedAt).toEqual(later.receivedAt);
    expect(later.earlier[0]!.matchedOn).toBe(earlier.later[0]!.matchedOn);
  });

  it('that was written on paper and is typed later is the earlier one of what came meanwhile', async () => {
    const cameAt = hub.at('2026-11-23T09:10');
    const meanwhile = await hub.submit(aCoachMessagingChildren());
    await jobsAreDone();
    await hub.moveBy({ minutes: 30 });
    const { reference: paper } = await hub.takeDown.execute({
      ...{ formId: randomUUID(), agencyId: hub.agency.agencyId, caller: 'agency', referral: aCoachMessagingChildren() },
      ...{ receivedBy: 'telephone', cameAt, by: hub.screener },
    });
    await jobsAreDone();
    const [first, second] = [await hub.read(paper), await hub.read(meanwhile)];
    expect([first.earlier, first.later.map(({ reference }) => reference)]).toEqual([[], [meanwhile]]);
    expect(second.earlier.map(({ reference, receivedAt }) => [reference, receivedAt])).toEqual([[paper, cameAt]]);
  });

  it.each([
    ['2026-11-23T10:01', 'later than now'],
    ['2026-11-16T09:59', 'more than seven days ago'],
  ])('cannot have come at %s, which is %s', async (local) => {
    const command = {
      ...{
        formId: randomUUID(),
        agencyId: hub.agency.agencyId,
        caller: 'agency' as const,
        referral: aCoachMessagingChildren(),
      },
      ...{ receivedBy: 'telephone' as const, cameAt: hub.at(local), by: hub.screener },
    };
    await expect(hub.takeDown.execute(command)).rejects.toMatchObject({ code: 'receipt-not-then' });
    expect(await hub.receivedCount()).toBe(0);
  });

  it('learns how the other one stands: its rating, its holder, its outcome and when that was decided', async () => {
    const { first, second } = await twoOfOneChild();
    await jobsAreDone();
    const seen = async () => {
      const { later } = await hub.read(first);
      const { status, rating, outcome, holder, decidedAt } = later[0]!;
      return [status, rating, outcome, holder, decidedAt === null];
    };
    await hub.claims(hub.socialWorker, second);
    await hub.rates(hub.screener, second, 'red');
    expect(await seen()).toEqual(['awaiting_decision', 'red', null, 'Sol Worker', true]);
    await hub.decides(hub.socialWorker, second, { outcome: 'no_further_action', thresholdLevel: 1 });
    expect(await seen()).toEqual(['awaiting_sign_off', 'red', 'no_further_action', 'Sol Worker', false]);
    await hub.returns(hub.manager, second, 'Ask the school.');
    expect(await seen()).toEqual(['awaiting_decision', 'red', null, 'Sol Worker', true]);
    await hub.decides(hub.socialWorker, second, { outcome: 'early_help', thresholdLevel: 3 });
    await hub.takesBack(hub.socialWorker, second);
    expect(await seen()).toEqual(['awaiting_decision', 'red', null, 'Sol Worker', true]);
    await hub.moveBy({ minutes: 1 });
    await hub.decides(hub.socialWorker, second, { outcome: 'early_help', thresholdLevel: 3 });
    await hub.signsOff(hub.manager, second);
    expect(await seen()).toEqual(['decided', 'red', 'early_help', 'Sol Worker', false]);
  });

  it('says that its earlier ones are looked for until that job is done', async () => {
    const { first, second } = await twoOfOneChild();
    const isLooking = async (reference: string) => (await hub.read(reference)).isLookingForEarlier;
    expect([await isLooking(first), await isLooking(second)]).toEqual([true, true]);
    await jobsAreDone();
    expect([await isLooking(first), await isLooking(second)]).toEqual([false, false]);
  });

  it('learns nothing of the referrals of other children', async () => {
    const other = await hub.submit(aPoorAttender());
    await hub.moveBy({ minutes: 5 });
    await twoOfOneChild();
    await jobsAreDone();
    const { earlier, later } = await hub.read(other);
    expect([earlier, later]).toEqual([[], []]);
  });
});
