import { randomUUID } from 'node:crypto';
import { SubmitReferral } from '#referrals';
import { createDataSource, Database, isDatabaseAway } from '#store';
import { composeHub } from '../../scripts/hub/whole-hub.ts';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { until } from '../support/until.ts';
import { holdsOf } from '../support/verbs/holds.ts';
import { submissionUnderWay } from '../support/verbs/moments.ts';
import { togetherOf } from '../support/verbs/together.ts';

let hub: Hub;
let together: ReturnType<typeof togetherOf>;
beforeAll(async () => {
  hub = await createHub();
  together = togetherOf(hub.database);
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const given = (key: string, referral = aBruisedBaby(), agencyId = hub.agency.agencyId) => ({
  agencyId,
  idempotencyKey: key,
  referral,
});
/** All of them asked before the first is answered. */
const submit = (all: readonly ReturnType<typeof given>[], to = hub.whole.get(SubmitReferral)) =>
  Promise.allSettled(all.map((one) => to.execute(one)));
type Outcome = Awaited<ReturnType<typeof submit>>[number];
const ended = (outcome: Outcome) =>
  outcome.status === 'rejected'
    ? ((outcome.reason as { code?: string }).code ?? String(outcome.reason))
    : outcome.value.replayed
      ? 'replayed'
      : 'stored';

describe('referrals that come at one moment', () => {
  it('are stored in one transaction, each with its own rows under its own agency', async () => {
    const other = await addAgency(hub.database, 'Other School');
    const ids = [hub.agency.agencyId, other.agencyId];
    // With and without adults, with one child and several: a batch has the tables and columns of all of them.
    const all = times(20, (index) =>
      given(`key-${100 + index}`, index % 3 === 0 ? aRoutineAmber() : aBruisedBaby(), ids[index % 2]),
    );
    const outcomes = await submit(all);
    expect(outcomes.map(ended)).toEqual(times(20, () => 'stored'));
    expect(await together.transactionsOfReferrals()).toBe(1);
    const stored = await together.submissions();
    expect(stored).toEqual(
      all.map(({ agencyId, idempotencyKey, referral }, index) => ({
        reference: (outcomes[index] as { value: { answer: { reference: string } } }).value.answer.reference,
        agencyId,
        by: agencyId,
        key: idempotencyKey,
        children: referral.children.length,
        jobs: 2,
      })),
    );
  });

  it('are stored but for the one that PostgreSQL refuses, wherever it stands among them', async () => {
    const name = aBruisedBaby().children[0]!.lastName!;
    await hub.refusesChildrenCalled('zzyzx');
    const poisoned = aBruisedBaby();
    (poisoned.children[0] as { lastName: string }).lastName = 'Zzyzx';
    expect(name).not.toBe('Zzyzx');
    for (const place of [0, 5, 11]) {
      const all = times(12, (index) => given(randomUUID(), index === place ? poisoned : aBruisedBaby()));
      const outcomes = await submit(all);
      expect(outcomes.map(ended)).toEqual(times(12, (index) => (index === place ? '23514' : 'stored')));
    }
    expect(await hub.receivedCount()).toBe(33);
  });

  it('under the same key are one referral: the second is answered as the first', async () => {
    const key = randomUUID();
    const outcomes = await submit([
      given(randomUUID()),
      given(key),
      given(randomUUID()),
      given(key),
      given(randomUUID()),
    ]);
    expect(outcomes.map(ended)).toEqual(['stored', 'stored', 'stored', 'replayed', 'stored']);
    const answers = outcomes.map((one) => (one as { value: { answer: unknown } }).value.answer);
    expect(answers[3]).toEqual(answers[1]);
    expect(await hub.receivedCount()).toBe(4);
  });

  it('under the same key with another body are refused but for the first', async () => {
    const key = randomUUID();
    const outcomes = await submit([given(key), given(randomUUID()), given(key, aRoutineAmber())]);
    expect(outcomes.map(ended)).toEqual(['stored', 'stored', 'idempotency-key-reused']);
  });

  it('are stored but for the one whose key another process is storing', async () => {
    const key = randomUUID();
    const running = await submissionUnderWay(hub.url, hub.agency.agencyId, key);
    const outcomes = await submit(times(7, (index) => given(index === 3 ? key : randomUUID())));
    expect(outcomes.map(ended)).toEqual(times(7, (index) => (index === 3 ? 'idempotency-key-in-use' : 'stored')));
    await running.letGo();
  });

  it('are a hundred when a hundred keys are sent three times each, and every key is answered as at first', async () => {
    const keys = times(100, () => randomUUID());
    const outcomes = await submit([...keys, ...keys, ...keys].map((key) => given(key)));
    expect(await hub.receivedCount()).toBe(100);
    expect(outcomes.map(ended).filter((one) => one === 'stored')).toHaveLength(100);
    expect(new Set(outcomes.map(ended))).not.toContain('idempotency-key-reused');
    const again = await submit(keys.map((key) => given(key)));
    expect(again.map(ended)).toEqual(times(100, () => 'replayed'));
    const references = (all: readonly Outcome[]) =>
      all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.answer.reference] : []));
    expect(new Set(references(again))).toEqual(new Set(references(outcomes)));
    expect(await hub.receivedCount()).toBe(100);
  });
});

it('asks PostgreSQL by the same two statements, however many referrals come at one moment', async () => {
  const source = await createDataSource({ url: hub.url, pool: 1, app: 'counted' }).initialize();
  const database = new Database(source.manager);
  const whole = await composeHub(database);
  try {
    for (const count of [1, 2, 7, 32]) {
      const outcomes = await submit(
        times(count, () => given(randomUUID())),
        whole.get(SubmitReferral),
      );
      expect(outcomes.map(ended)).toEqual(times(count, () => 'stored'));
    }
    expect(await togetherOf(database).preparedStatements()).toBe(2);
  } finally {
    await whole.close();
    await source.destroy();
  }
});

describe('referrals whose connection is lost while they are stored', () => {
  it('fail together as when the database is away, and are right when they are sent again', async () => {
    const source = await createDataSource({ url: hub.url, pool: 3, app: 'lost' }).initialize();
    const whole = await composeHub(new Database(source.manager));
    const hold = await holdsOf(hub.database, hub.url).holdCommitOfReferral();
    try {
      const all = times(10, () => given(randomUUID()));
      const lost = submit(all, whole.get(SubmitReferral));
      await hold.untilReached();
      await together.endConnectionsOf('lost');
      for (const outcome of await lost) {
        expect(outcome.status).toBe('rejected');
        expect(isDatabaseAway((outcome as PromiseRejectedResult).reason)).toBe(true);
      }
      await hold.letGo();
      expect(await hub.receivedCount()).toBe(0);
      await until(async () => {
        const again = await submit(all, whole.get(SubmitReferral));
        return again.every((one) => ended(one) === 'replayed');
      });
      expect(await hub.receivedCount()).toBe(10);
    } finally {
      await hold.end(hub.database);
      await whole.close();
      await source.destroy();
    }
  });
});
