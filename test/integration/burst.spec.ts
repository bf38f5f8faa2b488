import { FireDue } from '#alerts';
import { SERVICE } from '#store';
import { composeHub } from '../../scripts/hub/whole-hub.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
import { burstsOf } from '../support/verbs/bursts.ts';

let hub: Hub;
let burst: ReturnType<typeof burstsOf>;
beforeAll(async () => {
  hub = await createHub();
  burst = burstsOf(hub.database);
});
beforeEach(muchIsDue);
afterAll(() => hub.drop());

const REDS = 230;
const OTHERS = 20;

/** More steps are due than two batches hold: of each red five, of each amber and green fewer. */
async function muchIsDue(): Promise<void> {
  await hub.reset();
  for (let one = 0; one < OTHERS; one++) {
    await hub.submit(aFamilyShortOfMoney());
    await hub.submit(aRoutineAmber());
  }
  for (let one = 0; one < REDS; one++) await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-26T10:00');
}

describe('a burst of more than two batches', () => {
  it('fires each step once, as its chain says, however many workers fire', async () => {
    const outcomes = [];
    for (const workers of [1, 2, 4]) {
      if (workers > 1) await muchIsDue();
      const due = await burst.dueCount();
      expect(due).toBeGreaterThan(1_000);
      await Promise.all(Array.from({ length: workers }, () => hub.fireDue.execute()));
      expect(await hub.fireDue.execute()).toBe(0);
      expect([await burst.dueCount(), await hub.alertCount()]).toEqual([0, due]);
      const fired = await burst.firedAsTheirSteps();
      expect(fired.reduce((sum, [n]) => sum + n, 0)).toBe(due);
      expect(fired.filter(([n]) => n !== REDS && n !== OTHERS)).toEqual([]);
      const repeats = await burst.repeatsToCome();
      expect(repeats.map(({ n }) => n)).toContain(REDS);
      outcomes.push([fired, repeats]);
    }
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  it('fires every other step within a transaction that has begun when one cannot be fired', async () => {
    const due = await burst.dueCount();
    await hub.oneFirstStepIsUnreadable();
    const fired = await hub.database.as(SERVICE).transaction(async (tx) => {
      const within = await composeHub(tx.inside());
      const count = await within.get(FireDue).execute();
      await within.close();
      return count;
    });
    expect([fired, await burst.dueCount(), await hub.alertCount()]).toEqual([due - 1, 1, due - 1]);
  });

  it('fires every other step when one cannot be fired', async () => {
    const due = await burst.dueCount();
    await hub.oneFirstStepIsUnreadable();
    await hub.fireDue.execute();
    expect([await burst.dueCount(), await hub.alertCount()]).toEqual([1, due - 1]);
  });
});
