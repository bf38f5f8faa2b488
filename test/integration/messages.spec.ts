import { Webhook } from 'standardwebhooks';
import { canary, CANARY } from '../support/canary.ts';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aFracturedToddler } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => {
  hub = await createSendingHub([]);
});
afterAll(() => hub.drop());

async function redAlert(): Promise<string> {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveBy({ minutes: 30 });
  await hub.fire();
  return reference;
}

it('sends a webhook that the library of another system trusts', async () => {
  await hub.reset(['webhook']);
  // The library compares the time of a signature with the machine's clock.
  await hub.moveToInstant(Temporal.Now.instant().subtract({ minutes: 30 }));
  const reference = await redAlert();
  await hub.send();
  const [{ headers, body } = { headers: {}, body: '' }] = hub.receiver.posted;
  const trusted = new Webhook(hub.secret).verify(body, headers);
  expect(trusted).toMatchObject({ type: 'alert.fired', data: { kind: 'decision', reference, rating: 'red' } });
  expect(() => new Webhook(hub.secret).verify(body.replace('red', 'green'), headers)).toThrow();
  const [delivery] = (await hub.deliveries()).filter(({ channel }) => channel === 'webhook');
  expect(delivery).toMatchObject({ state: 'accepted', messageId: (headers as Record<string, string>)['webhook-id'] });
});

it('sends Teams an Adaptive Card', async () => {
  await hub.reset(['teams']);
  const reference = await redAlert();
  await hub.send();
  expect(hub.receiver.posted.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: expect.arrayContaining([
              expect.objectContaining({ type: 'TextBlock', text: expect.stringContaining(reference) }),
            ]),
          },
        },
      ],
    },
  ]);
});

it('meets the deadline of a canary when its message comes back', async () => {
  await hub.reset();
  await hub.canary.fly();
  await hub.moveBy({ seconds: 2 });
  expect(await hub.fire()).toBe(1);
  await hub.send();
  expect((await hub.deliveries()).map(({ channel, state }) => [channel, state])).toEqual([['loopback', 'delivered']]);
  expect(await hub.openDeadlines('canary')).toEqual([]);
  await hub.moveBy({ seconds: 9 });
  expect(await hub.canary.state()).toMatchObject({ isAlive: true, latenessMs: 0 });
  expect([hub.mailbox.mails, hub.notify.taken]).toEqual([[], []]);
});

it('removes a canary after seven days, with its alert and its delivery', async () => {
  await hub.reset();
  await hub.canary.fly();
  await hub.moveBy({ seconds: 2 });
  await hub.fire();
  await hub.send();
  expect([await hub.deadlineCount('canary'), await hub.alertCount(), await hub.deliveryCount('alert')]).toEqual([
    1, 1, 1,
  ]);
  await hub.moveBy({ hours: 8 * 24 });
  await hub.canary.fly();
  expect([await hub.deadlineCount('canary'), await hub.alertCount(), await hub.deliveryCount('alert')]).toEqual([
    1, 0, 0,
  ]);
});

it('D10, X1: says no word that was submitted in a message of any channel', async () => {
  const submitted = canary(aFracturedToddler());
  let said = '';
  for (const channels of [['teams', 'webhook'], ['notify']] as const) {
    await hub.reset(channels);
    for (const person of Object.values(hub.onDuty)) await hub.hasPhone(person);
    for (let count = 0; count < 5; count++) await hub.submit(submitted);
    await hub.moveBy({ hours: 5 });
    await hub.fire();
    for (let round = 0; round < 20; round++) {
      await hub.send();
      await hub.moveBy({ minutes: 1 });
    }
    const kinds = new Set((await hub.deliveries()).map(({ channel, state }) => `${channel} ${state}`));
    const expected = channels[0] === 'teams' ? ['email', 'teams', 'webhook'] : ['email', 'sms'];
    expect([...kinds].sort()).toEqual(expected.map((channel) => `${channel} accepted`));
    said += JSON.stringify([hub.mailbox.mails, hub.notify.taken, hub.receiver.posted]);
  }
  expect(said).toContain('RED');
  expect(said.toLowerCase()).not.toContain(CANARY.toLowerCase());
});
