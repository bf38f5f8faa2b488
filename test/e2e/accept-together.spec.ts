import { randomUUID } from 'node:crypto';
import { addAgency } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningApi, type Sent } from '../support/running-api.ts';
import { until } from '../support/until.ts';
import { holdsOf } from '../support/verbs/holds.ts';
import { togetherOf } from '../support/verbs/together.ts';

let hub: Hub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
});
beforeEach(async () => {
  await hub.reset();
  api = await RunningApi.start(hub.url, { databaseUrl: hub.url }, { RATE_SUBMISSIONS: 12 });
});
afterEach(() => api.stop());
afterAll(() => hub.drop());

const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const referenceIn = ({ body }: Sent) => (body as { reference: string }).reference;

it('lets each agency send its share when agencies send at the same time, and says who sent what', async () => {
  const agencies = [hub.agency, await addAgency(hub.database, 'Second'), await addAgency(hub.database, 'Third')];
  const answers = await Promise.all(
    times(60, async (index) => {
      const { agencyId, token } = agencies[index % 3]!;
      return { agencyId, ...(await api.post(token, aBruisedBaby())) };
    }),
  );
  for (const { agencyId } of agencies) {
    const own = answers.filter((one) => one.agencyId === agencyId);
    const stored = own.filter(({ status }) => status === 201);
    expect(own.filter(({ status }) => status !== 201 && status !== 429)).toEqual([]);
    // No more than that is what rate-limits.spec.ts asserts: a store of limits that is slow lets more through.
    expect(stored.length).toBeGreaterThanOrEqual(12);
  }
  const record = await togetherOf(hub.database).submissions();
  const sent = answers.filter(({ status }) => status === 201);
  expect(record.every(({ agencyId, by }) => agencyId === by)).toBe(true);
  expect(new Map(record.map(({ reference, by }) => [reference, by]))).toEqual(
    new Map(sent.map((one) => [referenceIn(one), one.agencyId])),
  );
});

it('answers 503 to all whose connection is lost while they are stored, and a retry by key is right', async () => {
  const hold = await holdsOf(hub.database, hub.url).holdCommitOfReferral();
  try {
    const keys = times(4, () => ({ 'Idempotency-Key': randomUUID() }));
    const send = () => Promise.all(keys.map((key) => api.post(hub.agency.token, aBruisedBaby(), key)));
    const first = send();
    await hold.untilReached();
    await togetherOf(hub.database).endConnectionsOf('mash-api');
    // What had not been begun waits here, and is stored.
    await hold.letGo();
    const statuses = (await first).map(({ status }) => status);
    expect(statuses).toContain(503);
    expect(statuses.filter((status) => status !== 503 && status !== 201)).toEqual([]);
    await until(async () => (await send()).every(({ status }) => status === 201));
    expect(await hub.receivedCount()).toBe(4);
    expect((await togetherOf(hub.database).submissions()).map(({ key }) => key).toSorted()).toEqual(
      keys.map((key) => key['Idempotency-Key']).toSorted(),
    );
  } finally {
    await hold.end(hub.database);
  }
});
