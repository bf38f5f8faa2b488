import { AgencyClients } from '#access';
import { WebhookReceiver } from '../../partners/client/src/index.ts';
import { WebhookKey, ReadEvents, toldEvent } from '#partners';
import { SERVICE } from '#store';
import { CalledEndpoint } from '../support/called-endpoint.ts';
import { createHub, type Hub } from '../support/hub.ts';
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
const suspend = (isSuspended: boolean) =>
  new AgencyClients(hub.database).suspend(hub.agency.clientId, isSuspended, SERVICE);
const hours = (count: number) => hub.moveBy({ hours: count });

describe('an endpoint', () => {
  it('is told what an agency that asks is told, with the same ids, signed, and without a name', async () => {
    const { secret, endpoint: added } = await endpoint.add();
    const reference = await hub.submit({ ...aRoutineAmber(), children: [{ firstName: 'Zebedee', lastName: 'Quill' }] });
    await hub.read(reference);
    await endpoint.work();
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ seconds: 30 });
    await endpoint.work();
    const { events } = await new ReadEvents(hub.database).execute({ after: 0, limit: 100, by: endpoint.by });
    expect(events.map(({ type }) => type)).toEqual([
      'referral.received',
      'referral.in_triage',
      'referral.decided',
      'feedback.available',
    ]);
    expect(endpoint.calls.map(({ body }) => JSON.parse(body) as unknown)).toEqual(events.map(toldEvent));
    expect(endpoint.calls.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(JSON.stringify(endpoint.calls)).not.toMatch(/Zebedee|Quill|amber|assessment/i);
    await expect(endpoint.messageOf(endpoint.calls.at(-1)!, secret)).resolves.toEqual(toldEvent(events.at(-1)!));
    expect(await endpoint.read(added.id)).toMatchObject({ state: 'on', waiting: 0 });
    expect(await hub.recordOf('webhook.delivered')).toEqual([
      { endpointId: added.id, lines: 2 },
      { endpointId: added.id, lines: 2 },
    ]);
  });

  it('is not told what happened before it was there, and each event once', async () => {
    await hub.submit(aRoutineAmber());
    await endpoint.add();
    await endpoint.work();
    expect(endpoint.calls).toEqual([]);
    await hub.submit(aRoutineAmber());
    await endpoint.work();
    await endpoint.work();
    expect(typesOf()).toEqual(['referral.received']);
  });

  it('is told of hundreds of events in their order', async () => {
    await endpoint.add();
    const references: string[] = [];
    for (let count = 0; count < 45; count++) references.push(await hub.submit(aRoutineAmber()));
    await endpoint.work();
    const told = endpoint.calls.map(({ body }) => (JSON.parse(body) as { data: { reference: string } }).data.reference);
    expect(told.toSorted()).toEqual(references.toSorted());
    const { events } = await new ReadEvents(hub.database).execute({ after: 0, limit: 100, by: endpoint.by });
    expect(endpoint.calls.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it('is not told of events of requests when its program may not answer them', async () => {
    const clientId = await new AgencyClients(hub.database).add(
      { agencyId: hub.agency.agencyId, name: 'Dashboard', scopes: ['webhooks:manage'] },
      SERVICE,
    );
    await endpoint.add(undefined, endpoint.of({ ...hub.agency, clientId }));
    const reference = await hub.submit(aRoutineAmber());
    await hub.asks(hub.screener, reference, hub.agency.agencyId);
    await endpoint.work();
    expect(typesOf()).toEqual(['referral.received']);
  });

  it('gets a test, which is about nothing, and one at a time', async () => {
    const { secret, endpoint: added } = await endpoint.add();
    const first = await endpoint.test(added.id);
    expect(await endpoint.test(added.id)).toEqual(first);
    await endpoint.work();
    expect(await endpoint.messageOf(endpoint.calls[0]!, secret)).toEqual({
      ...{ id: first.messageId, type: 'webhook.test', occurredAt: '2026-11-23T10:00:00Z', data: {} },
    });
    expect(endpoint.calls).toHaveLength(1);
  });

  it('is not told while its program is suspended, and then of all that happened meanwhile', async () => {
    const { endpoint: added } = await endpoint.add();
    await hub.submit(aRoutineAmber());
    await endpoint.tell();
    await suspend(true);
    await hub.submit(aRoutineAmber());
    await endpoint.work();
    expect([endpoint.calls.length, (await endpoint.read(added.id)).state]).toEqual([0, 'suspended']);
    await suspend(false);
    await endpoint.work();
    expect(typesOf()).toEqual(['referral.received', 'referral.received']);
  });

  it('that is removed is told nothing more, and its secret is gone', async () => {
    const { endpoint: added } = await endpoint.add();
    await hub.submit(aRoutineAmber());
    await endpoint.tell();
    await endpoint.remove(added.id);
    await endpoint.work();
    expect([endpoint.calls.length, await rows.storedSecret(added.id)]).toEqual([0, null]);
    await expect(endpoint.read(added.id)).rejects.toEqual(refused('not-found'));
    await expect(endpoint.add()).resolves.toBeDefined();
  });

  it('is one of five at most, each at an address of its own', async () => {
    for (let count = 1; count <= 5; count++) await endpoint.add(`https://keys.example.org/${count}`);
    await expect(endpoint.add('https://keys.example.org/3')).rejects.toEqual(refused('webhook-address-taken'));
    await expect(endpoint.add()).rejects.toEqual(refused('webhook-endpoints-enough'));
  });
});

it('Z3: an endpoint is told nothing of referrals of another agency, which cannot see, test or replay it', async () => {
  const other = await hub.anAgency('Marlow Police');
  const { endpoint: added } = await endpoint.add();
  await hub.submit(aRoutineAmber(), other.agencyId);
  await endpoint.work();
  expect(endpoint.calls).toEqual([]);
  const by = endpoint.of({ agencyId: other.agencyId, clientId: hub.agency.clientId });
  await expect(endpoint.read(added.id, by)).rejects.toEqual(refused('not-found'));
  await expect(endpoint.test(added.id, by)).rejects.toEqual(refused('not-found'));
});

describe('the secrets of an endpoint', () => {
  it('are in no dump of the database, and open with the key of the setting only', async () => {
    const { secret, endpoint: added } = await endpoint.add();
    await endpoint.rotate(added.id);
    const dump = await rows.dumpOfWebhooks();
    const bare = secret.replace('whsec_', '');
    for (const form of [bare, Buffer.from(bare).toString('hex'), Buffer.from(bare, 'base64').toString('hex')]) {
      expect(dump).not.toContain(form);
    }
    const stored = (await rows.storedSecret(added.id))!;
    expect(() => new WebhookKey('another key, of thirty-two characters').open(stored, added.id)).toThrow(
      'is not the one with which',
    );
    expect(() => new WebhookKey(undefined).open(stored, added.id)).toThrow('WEBHOOK_KEY is missing');
  });

  it('are two for a day after a rotation, and one after that', async () => {
    const { secret, endpoint: added } = await endpoint.add();
    const next = await endpoint.rotate(added.id);
    expect(next.endpoint.oldSecretUntil?.toString()).toBe('2026-11-24T10:00:00Z');
    await endpoint.test(added.id);
    await endpoint.work();
    for (const one of [secret, next.secret])
      await expect(endpoint.messageOf(endpoint.calls[0]!, one)).resolves.toBeDefined();
    await hours(24);
    await endpoint.test(added.id);
    await endpoint.work();
    await expect(endpoint.messageOf(endpoint.calls[1]!, next.secret)).resolves.toBeDefined();
    await expect(endpoint.messageOf(endpoint.calls[1]!, secret)).rejects.toMatchObject({ reason: 'wrong-signature' });
  });

  it('that others have end at once when a program rotates twice', async () => {
    const { secret, endpoint: added } = await endpoint.add();
    await endpoint.rotate(added.id);
    await endpoint.rotate(added.id);
    await endpoint.test(added.id);
    await endpoint.work();
    await expect(endpoint.messageOf(endpoint.calls[0]!, secret)).rejects.toMatchObject({ reason: 'wrong-signature' });
  });
});

it('W6: an event of a referral that is the agency’s no more is not sent, nor shown to who asks', async () => {
  const { endpoint: added } = await endpoint.add();
  const other = await hub.anAgency('Marlow Police');
  const reference = await hub.submit(aRoutineAmber());
  await endpoint.tell();
  await rows.givesReferralTo(reference, other.agencyId);
  await endpoint.work();
  expect([endpoint.calls.length, (await endpoint.log(added.id)).map(({ state }) => state)]).toEqual([0, ['not_sent']]);
  const { events } = await new ReadEvents(hub.database).execute({ after: 0, limit: 100, by: endpoint.by });
  expect(events).toEqual([]);
});

it('W7: a call that is sent again is not acted on a second time, and is refused after five minutes', async () => {
  const { secret, endpoint: added } = await endpoint.add();
  await endpoint.test(added.id);
  await endpoint.work();
  const [{ headers, body }] = endpoint.calls as [(typeof endpoint.calls)[0]];
  const receiver = new WebhookReceiver(secret);
  const done: string[] = [];
  const now = async () => (await hub.database.now()).epochMilliseconds;
  const receive = async () => receiver.receive(headers, body, ({ id }) => done.push(id), await now());
  expect([await receive(), await receive(), done.length]).toEqual([true, false, 1]);
  await hub.moveBy({ seconds: 301 });
  await expect(receive()).rejects.toMatchObject({ name: 'NotFromHub', reason: 'too-old' });
  const forged = { ...headers, 'webhook-timestamp': String(Math.floor((await now()) / 1_000)) };
  await expect(receiver.receive(forged, body, () => undefined, await now())).rejects.toMatchObject({
    reason: 'wrong-signature',
  });
});

describe('a delivery', () => {
  it('D4: is sent again under the same id when its worker dies after the receiver had it', async () => {
    const { endpoint: added } = await endpoint.add();
    await hub.submit(aRoutineAmber());
    await endpoint.tell();
    const { answer } = endpoint.outside;
    endpoint.outside.answer = (request, response) => {
      void rows.sendersDie().then(() => answer(request, response));
    };
    await endpoint.runner().runDue(4);
    endpoint.outside.answer = answer;
    expect((await endpoint.log(added.id)).map(({ state, attempts }) => [state, attempts.length])).toEqual([
      ['waiting', 0],
    ]);
    await hub.moveBy({ seconds: 5 });
    await endpoint.work();
    expect(endpoint.calls.map(({ id }) => id)).toEqual([endpoint.calls[0]!.id, endpoint.calls[0]!.id]);
    expect((await endpoint.log(added.id))[0]!.state).toBe('delivered');
  });

  it('is sent again under the same id when its agency asks for it', async () => {
    const { endpoint: added } = await endpoint.add();
    await hub.submit(aRoutineAmber());
    await endpoint.work();
    const [delivery] = await endpoint.log(added.id);
    await endpoint.replay(added.id, delivery!.id);
    await endpoint.work();
    expect(endpoint.calls.map(({ id }) => id)).toEqual([delivery!.messageId, delivery!.messageId]);
    await expect(endpoint.replay(added.id, added.id)).rejects.toEqual(refused('not-found'));
  });

  it('is forgotten 30 days after its end', async () => {
    const { endpoint: added } = await endpoint.add();
    await endpoint.test(added.id);
    await endpoint.work();
    await hours(30 * 24 - 1);
    await endpoint.work();
    expect(await endpoint.log(added.id)).toHaveLength(1);
    await hours(1);
    await endpoint.work();
    expect(await endpoint.log(added.id)).toEqual([]);
  });

  it('stays, and the operator is told, when the key of the secrets is another one', async () => {
    const { endpoint: added } = await endpoint.add();
    await endpoint.test(added.id);
    const wrong = endpoint.runner({}, new WebhookKey('another key, of thirty-two characters'));
    await wrong.runDue(4);
    expect(endpoint.outside.asked).toBe(0);
    await hub.moveBy({ minutes: 10 });
    await endpoint.work();
    expect((await endpoint.log(added.id))[0]!.state).toBe('delivered');
  });
});
