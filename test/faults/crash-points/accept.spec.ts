import { randomUUID } from 'node:crypto';
import { SubmitReferral } from '#referrals';
import { aFracturedToddler } from '../../support/referrals.ts';
import { CrashSite } from './crash-site.ts';

let site: CrashSite;
beforeAll(async () => {
  site = await CrashSite.start([]);
});
afterAll(() => site.stop());

it('D3: makes one referral for a key, and answers the retry with it, wherever an accepting process is killed', async () => {
  const { hub } = site;
  const { agencyId } = hub.agency;
  const again = hub.whole.get(SubmitReferral);
  let accepted = 0;
  const replays: boolean[] = [];
  await site.killEverywhere('accept', async () => {
    const given = { agencyId, idempotencyKey: randomUUID(), referral: aFracturedToddler() };
    const recover = async () => {
      const { answer, replayed } = await again.execute(given);
      replays.push(replayed);
      accepted++;
      expect(await hub.receivedCount()).toBe(accepted);
      expect(await hub.storedFor(answer.reference)).toEqual({
        keys: [given.idempotencyKey],
        deadlines: 2,
        jobs: 2,
        submissions: 1,
      });
    };
    return { given, recover };
  });
  expect(new Set(replays)).toEqual(new Set([true, false]));
}, 1_200_000);
