import { RunningApi } from '../support/running-api.ts';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { PHONE } from '../support/verbs/people.ts';
import { aFracturedToddler } from '../support/referrals.ts';

const TOKEN = 'a token that Notify was given';

let hub: SendingHub;
let api: RunningApi;
beforeAll(async () => {
  hub = await createSendingHub(['notify']);
  api = await RunningApi.start(hub.url, { databaseUrl: hub.url }, { NOTIFY_CALLBACK_TOKEN: TOKEN });
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await api.stop();
  await hub.drop();
});

/** As Notify calls back. */
const call = (reference: string, status: string, token = TOKEN) =>
  api.send('POST', '/api/v1/notify/receipts', {
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: '1', reference, to: PHONE, status, notification_type: 'sms' }),
  });

it('takes the outcome of a message from Notify, and from no sender with another token', async () => {
  const duty = hub.onDuty.duty_team;
  await hub.hasPhone(duty);
  await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fire();
  await hub.send();
  const email = async () => (await hub.deliveriesTo(duty)).find(({ channel }) => channel === 'email')!;
  const sms = async () => (await hub.deliveriesTo(duty)).find(({ channel }) => channel === 'sms')!;
  const { messageId } = await email();
  for (const token of ['', 'another token, as long as it', `${TOKEN}!`]) {
    expect((await call(messageId!, 'delivered', token)).status).toBe(404);
  }
  expect((await email()).state).toBe('accepted');
  expect((await call(messageId!, 'delivered')).status).toBe(204);
  expect((await email()).state).toBe('delivered');

  await hub.moveTo('2026-11-23T10:35');
  await hub.send();
  expect((await call((await sms()).messageId!, 'permanent-failure')).status).toBe(204);
  expect((await sms()).state).toBe('failed');
  await hub.followUp.execute();
  expect(await hub.openDeadlines('contact_failed')).toEqual([`${duty.id} phone`]);
});

it.each(['{', '[]', 'null', '{"reference": 1}', '{"reference": "not an id", "status": "delivered"}'])(
  'answers 204 to %s, which Notify would only send again',
  async (body) => {
    const headers = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' };
    expect((await api.send('POST', '/api/v1/notify/receipts', { headers, body })).status).toBe(204);
  },
);

it('answers 404 to every receipt when no token is set', async () => {
  const without = await RunningApi.start(hub.url);
  try {
    const headers = { Authorization: 'Bearer null', 'Content-Type': 'application/json' };
    expect((await without.send('POST', '/api/v1/notify/receipts', { headers, body: '{}' })).status).toBe(404);
  } finally {
    await without.stop();
  }
});
