import { isPublicAddress } from '#platform';
import { CalledEndpoint } from '../support/called-endpoint.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { leadsTo } from '../support/outside-server.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { webhooksOf } from '../support/verbs/webhooks.ts';

let hub: Hub;
let endpoint: CalledEndpoint;
let rows: ReturnType<typeof webhooksOf>;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  endpoint = await CalledEndpoint.start(hub);
  rows = webhooksOf(hub.database);
});
afterEach(() => endpoint.stop());
afterAll(() => hub.drop());

const typesOf = () => endpoint.calls.map(({ body }) => (JSON.parse(body) as { type: string }).type);
const refused = (code: string) => expect.objectContaining({ name: 'Refused', code }) as unknown;
const hours = (count: number) => hub.moveBy({ hours: count });

describe('a receiver that fails', () => {
  it('is called again under the same id with a new timestamp, ever more slowly', async () => {
    const { secret, endpoint: added } = await endpoint.add();
    await hub.submit(aRoutineAmber());
    endpoint.takes(503);
    await endpoint.work();
    await endpoint.work();
    expect(endpoint.calls).toHaveLength(1);
    await hub.moveBy({ seconds: 5 });
    await endpoint.work();
    await hub.moveBy({ seconds: 5 });
    await endpoint.work();
    expect(endpoint.calls).toHaveLength(2);
    endpoint.takes();
    await hub.moveBy({ seconds: 5 });
    await endpoint.work();
    expect(new Set(endpoint.calls.map(({ id }) => id)).size).toBe(1);
    expect(new Set(endpoint.calls.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
    await expect(endpoint.messageOf(endpoint.calls[2]!, secret)).resolves.toBeDefined();
    const [delivery] = await endpoint.log(added.id);
    expect([delivery!.state, delivery!.attempts.map(({ status, fault }) => [status, fault])]).toEqual([
      'delivered',
      [
        [204, null],
        [503, 'refused'],
        [503, 'refused'],
      ],
    ]);
    expect(await hub.recordOf('webhook.failed')).toEqual([
      expect.objectContaining({ endpointId: added.id, fault: 'refused', status: 503 }),
      expect.objectContaining({ fault: 'refused' }),
    ]);
  });

  it('for one event only is told of the others, and that one is given up after 72 hours', async () => {
    const { endpoint: added } = await endpoint.add();
    await hub.submit(aRoutineAmber());
    endpoint.takes(400);
    await endpoint.work();
    const [refusedCall] = endpoint.calls;
    endpoint.outside.answer = (request, response) =>
      void response.writeHead(request.headers['webhook-id'] === refusedCall!.id ? 400 : 204).end();
    for (let day = 0; day < 4; day++) {
      await hub.submit(aRoutineAmber());
      for (let half = 0; half < 9; half++) {
        await hub.moveBy({ minutes: 150 });
        await endpoint.work();
      }
    }
    const log = await endpoint.log(added.id);
    expect(log.map(({ state }) => state).toSorted()).toEqual([
      'delivered',
      'delivered',
      'delivered',
      'delivered',
      'failed',
    ]);
    expect((await endpoint.read(added.id)).state).toBe('on');
  });

  it('W5: takes nothing for 72 hours and is switched off, and is told of all when it is on again', async () => {
    const { endpoint: added } = await endpoint.add();
    endpoint.outside.answer = (request) => void request.socket.destroy();
    const references = [await hub.submit(aRoutineAmber())];
    await endpoint.work();
    expect(await endpoint.read(added.id)).toMatchObject({ state: 'failing', waiting: 1 });
    for (let passed = 0; passed < 71; passed += 1) {
      await hours(1);
      await endpoint.work();
    }
    references.push(await hub.submit(aRoutineAmber()));
    expect((await endpoint.read(added.id)).state).toBe('failing');
    const tries = endpoint.outside.asked;
    expect(tries).toBeGreaterThan(30);
    expect(tries).toBeLessThan(75);
    await hub.moveBy({ minutes: 150 });
    await endpoint.work();
    expect(await endpoint.read(added.id)).toMatchObject({ state: 'off', offBecause: 'failing', waiting: 2 });
    expect(await hub.recordOf('webhook.switched-off')).toEqual([{ endpointId: added.id, why: 'failing' }]);
    const after = endpoint.outside.asked;
    await hours(24);
    await endpoint.work();
    expect([endpoint.outside.asked, await rows.openWebhookJobs()]).toEqual([after, 0]);
    await expect(endpoint.test(added.id)).rejects.toEqual(refused('webhook-off'));

    endpoint.takes();
    await hub.submit(aRoutineAmber());
    await endpoint.switchOn(added.id);
    await endpoint.work();
    expect(typesOf()).toEqual(['referral.received', 'referral.received', 'referral.received']);
    expect(await endpoint.read(added.id)).toMatchObject({ state: 'on', waiting: 0 });
  });

  it('by saying that it is gone (410) is switched off at once', async () => {
    const { endpoint: added } = await endpoint.add();
    await endpoint.test(added.id);
    endpoint.takes(410);
    await endpoint.work();
    expect(await endpoint.read(added.id)).toMatchObject({ state: 'off', offBecause: 'gone' });
  });

  it.each([
    ['ten years', '315360000', 2 * 3_600],
    ['a date ten years ahead', 'Mon, 24 Nov 2036 10:00:00 GMT', 2 * 3_600],
    ['two minutes', '120', 120],
    ['nothing that can be read', 'soon', 5],
  ])('W4: by asking us to wait %s is waited for as long as that, or two hours', async (_, text, seconds) => {
    const { endpoint: added } = await endpoint.add();
    await endpoint.test(added.id);
    endpoint.takes(503, { 'Retry-After': text });
    await endpoint.work();
    const [delivery] = await endpoint.log(added.id);
    const waits = delivery!.dueAt!.since(await hub.database.now()).total('seconds');
    expect(waits).toBeLessThanOrEqual(seconds);
    expect(waits).toBeGreaterThanOrEqual(seconds * 0.8);
  });

  it('W3: by sending us elsewhere is not followed, which counts as a failure', async () => {
    const { endpoint: added } = await endpoint.add();
    await endpoint.test(added.id);
    endpoint.takes(307, { Location: 'https://127.0.0.1/' });
    await endpoint.work();
    const [delivery] = await endpoint.log(added.id);
    expect([endpoint.outside.asked, delivery!.attempts[0]!.fault]).toEqual([1, 'sends-elsewhere']);
  });

  it('W4: by never answering is left after the time, and by answering without end after 4 kB', async () => {
    const { endpoint: added } = await endpoint.add();
    await endpoint.test(added.id);
    endpoint.outside.answer = () => undefined;
    await endpoint.work();
    expect((await endpoint.log(added.id))[0]!.attempts[0]).toMatchObject({ status: null, fault: 'too-slow' });
    let sent = 0;
    endpoint.outside.answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000)) && sent < 1e9) sent += 1_000;
      };
      response.on('drain', more);
      more();
    };
    await hub.moveBy({ seconds: 5 });
    await endpoint.work({ totalMs: 60_000 });
    expect((await endpoint.log(added.id))[0]!.state).toBe('delivered');
    expect(sent).toBeLessThan(50_000_000);
  });

  it('W2: because its name leads inside at the moment of the call gets no byte, which is on the record', async () => {
    const { endpoint: added } = await endpoint.add();
    const isAllowed = (address: string) => address === '127.0.0.1' || isPublicAddress(address);
    const addressesOf = leadsTo('127.0.0.1', '10.0.0.5');
    await endpoint.test(added.id);
    await endpoint.work({ isAllowed, addressesOf });
    await endpoint.test(added.id);
    await endpoint.work({ isAllowed, addressesOf });
    expect(endpoint.outside.asked).toBe(1);
    expect(await hub.recordOf('webhook.failed')).toEqual([
      expect.objectContaining({ endpointId: added.id, fault: 'inside-a-network' }),
    ]);
  });
});
