import { Webhook } from 'standardwebhooks';
import { Canary } from '#alerts';
import { canary, CANARY } from '../support/canary.ts';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aFracturedToddler } from '../support/referrals.ts';

let hub: SendingHub;
afterEach(() => hub.drop());

async function redAlert(): Promise<string> {
  const reference = await hub.submit(aFracturedToddler());
  await hub.moveBy({ minutes: 30 });
  await hub.fire();
  return reference;
}

it('another system is told by a webhook that its own library trusts', async () => {
  // The library holds a signature against the machine's clock.
  const halfAnHourAgo = Temporal.Now.zonedDateTimeISO('Europe/London').subtract({ minutes: 30 });
  hub = await createSendingHub(['webhook'], halfAnHourAgo.toString());
  const reference = await redAlert();
  await hub.send();
  const [{ headers, body } = { headers: {}, body: '' }] = hub.receiver.posted;
  const trusted = new Webhook(hub.secret).verify(body, headers);
  expect(trusted).toMatchObject({ type: 'alert.fired', data: { kind: 'decision', reference, rating: 'red' } });
  expect(() => new Webhook(hub.secret).verify(body.replace('red', 'green'), headers)).toThrow();
  const [delivery] = (await hub.deliveries()).filter(({ channel }) => channel === 'webhook');
  expect(delivery).toMatchObject({ state: 'accepted', messageId: (headers as Record<string, string>)['webhook-id'] });
});

it('Teams gets an Adaptive Card', async () => {
  hub = await createSendingHub(['teams']);
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

it('the canary flies, comes back, and its deadline is met', async () => {
  hub = await createSendingHub([]);
  const bird = new Canary(hub.database, hub.policies);
  await bird.fly();
  await hub.moveBy({ seconds: 2 });
  expect(await hub.fire()).toBe(1);
  await hub.send();
  expect((await hub.deliveries()).map(({ channel, state }) => [channel, state])).toEqual([['loopback', 'delivered']]);
  expect(await hub.openDeadlines('canary')).toEqual([]);
  await hub.moveBy({ seconds: 9 });
  expect(await bird.state()).toMatchObject({ isAlive: true, latenessMs: 0 });
  expect([hub.mailbox.mails, hub.notify.taken]).toEqual([[], []]);
});

it('no message by any channel says a word of what was submitted', async () => {
  const submitted = canary(aFracturedToddler());
  let said = '';
  for (const channels of [['teams', 'webhook'], ['notify']] as const) {
    if (said !== '') await hub.drop();
    hub = await createSendingHub(channels);
    for (const { id } of Object.values(hub.onDuty)) await hub.givePhone(id);
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
