import { randomUUID } from 'node:crypto';
import { claimMessages, NotSent, type Provider } from '#messages';
import { createSendingHub, type Channels, type SendingHub } from '../support/sending-hub.ts';
import { aFracturedToddler } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => {
  hub = await createSendingHub([]);
});
afterAll(() => hub.drop());

async function redAlerts(count: number, channels: Channels): Promise<void> {
  await hub.reset(channels);
  for (let one = 0; one < count; one++) await hub.submit(aFracturedToddler());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fire();
}

const states = async () => (await hub.deliveries()).map(({ state }) => state);

/** The way out, as a sender that dies as soon as the message has left. */
const dyingAfter = (provider: Provider): Provider => ({
  ...provider,
  send: async (message) => {
    await provider.send(message);
    throw new Error('killed');
  },
});

it('asks Notify for a message whose sender died after Notify took it, and does not send it twice', async () => {
  await redAlerts(1, ['notify']);
  hub.notify.beforeAnswer = async (_, response) => void response.destroy();
  await hub.send();
  expect(await states()).toEqual(['sending']);
  await hub.moveBy({ seconds: 10 });
  await hub.askProviders();
  await hub.send();
  expect(await states()).toEqual(['sending']);
  await hub.moveBy({ milliseconds: 1 });
  await hub.askProviders();
  expect(await states()).toEqual(['delivered']);
  await hub.moveBy({ minutes: 2 });
  await hub.send();
  expect(hub.notify.taken).toHaveLength(1);
});

it('sends a message once when its sender died before it sent it and Notify does not know it', async () => {
  await redAlerts(1, ['notify']);
  await claimMessages(hub.database, hub.provider('notify'), randomUUID(), { red: 1, other: 1 });
  await hub.moveBy({ seconds: 11 });
  await hub.askProviders();
  expect(hub.notify.taken).toHaveLength(0);
  await hub.moveBy({ seconds: 2 });
  await hub.send();
  await hub.askProviders();
  expect(await states()).toEqual(['accepted']);
  expect(hub.notify.taken).toHaveLength(1);
});

it('asks a provider that hangs for a minute, then sends the message again, and after four tries tells of it', async () => {
  await redAlerts(1, ['notify']);
  const hangs: Provider = {
    ...hub.provider('notify'),
    send: () => Promise.reject(new Error('no answer in time')),
    lookUp: () => Promise.reject(new Error('no answer in time')),
  };
  const first = async () => (await hub.deliveriesTo(hub.onDuty.duty_team))[0]!;
  for (let failures = 1; failures <= 4; failures++) {
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
    await hub.dispatcherOf(hangs).sendDue();
    for (let seconds = 0; seconds < 60; seconds += 11) {
      expect(await first()).toMatchObject({ state: 'sending', attempts: failures });
      await hub.moveBy({ seconds: 11 });
      await hub.askProviders([hangs]);
    }
    expect(await first()).toMatchObject({ state: 'queued', failure: 'unknown' });
    await hub.moveToInstant((await first()).nextAttemptAt);
  }
  expect(await hub.openDeadlines('undelivered')).toHaveLength(1);
});

it('D4, R7: sends a message to a mail server again, under the same id, when its sender died', async () => {
  await redAlerts(1, []);
  await hub.dispatcherOf(dyingAfter(hub.provider('smtp'))).sendDue();
  expect([hub.mailbox.mails.length, await states()]).toEqual([1, ['sending']]);
  await hub.moveBy({ seconds: 11 });
  await hub.askProviders();
  await hub.moveBy({ seconds: 2 });
  await hub.send();
  expect(await states()).toEqual(['accepted']);
  expect(hub.mailbox.mails).toHaveLength(2);
  // So that a receiver can tell that it is the same.
  expect(new Set(hub.mailbox.mails.map(({ messageId }) => messageId)).size).toBe(1);
});

it('ignores the outcome of a sender that comes back after another sender has taken the message over', async () => {
  await redAlerts(1, []);
  const [begun, late] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const smtp = hub.provider('smtp');
  const slow = hub.dispatcherOf({
    ...smtp,
    send: async () => {
      begun.resolve();
      await late.promise;
      throw new NotSent('address-failed', 'EENVELOPE');
    },
  });
  const sending = slow.sendDue();
  // Only then: a sender has a whole lease once more right before it sends.
  await begun.promise;
  await hub.moveBy({ seconds: 11 });
  await hub.askProviders();
  await hub.moveBy({ seconds: 2 });
  await hub.send();
  late.resolve();
  await sending;
  expect(await states()).toEqual(['accepted']);
  expect(await hub.openDeadlines('contact_failed')).toEqual([]);
});

it('R7: sends each message once when two senders send at once', async () => {
  await redAlerts(20, ['notify']);
  const senders = [1, 2].map(() => hub.dispatcherOf(hub.provider('notify')));
  await Promise.all(senders.map((sender) => sender.sendDue()));
  expect(hub.notify.taken).toHaveLength(20);
  expect(new Set(hub.notify.taken.map(({ reference }) => reference)).size).toBe(20);
  expect(new Set(await states())).toEqual(new Set(['accepted']));
});
