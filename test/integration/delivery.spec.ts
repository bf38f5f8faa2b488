import { asReceipt } from '#messages';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => {
  hub = await createSendingHub(['notify']);
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const red = aFracturedToddler;
const green = () => aFamilyShortOfMoney();
const duty = () => hub.onDuty.duty_team;
const sent = () => hub.notify.taken.map(({ type, to }) => [type, to]);

/** A red that no person has claimed for half an hour: the duty team is told. Its referrer gave no address to be told by. */
async function redAlert(): Promise<string> {
  const reference = await hub.submit(red({ referrerEmail: null }));
  await hub.moveTo('2026-11-23T10:30');
  await hub.fire();
  return reference;
}

async function decide(reference: string): Promise<void> {
  await hub.claims(hub.manager, reference);
  const reasons = await hub.decides(hub.manager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
  expect(reasons).toEqual([]);
}

it('sends an alert that a decision had stopped when the decision is taken back', async () => {
  const reference = await redAlert();
  await decide(reference);
  await hub.send();
  expect(sent()).toEqual([]);
  await hub.takesBack(hub.manager, reference);
  await hub.send();
  expect(sent()).toEqual([['email', duty().email]]);
  expect(await hub.invariants.execute()).toEqual([]);
});

describe('the ladder of a red', () => {
  beforeEach(() => hub.hasPhone(duty()));

  it('sends an e-mail for a red at once, and a text message when it is not acknowledged for five minutes', async () => {
    await redAlert();
    await hub.send();
    expect(sent()).toEqual([['email', duty().email]]);
    await hub.moveTo('2026-11-23T10:34:59.999');
    await hub.send();
    expect(hub.notify.taken).toHaveLength(1);
    await hub.moveTo('2026-11-23T10:35');
    await hub.send();
    expect(sent()).toEqual([
      ['email', duty().email],
      ['sms', '07700900123'],
    ]);
  });

  it.each<[string, (reference: string) => Promise<unknown>]>([
    ['acknowledged', (reference) => hub.acknowledges(hub.screener, reference)],
    ['decided', decide],
  ])('sends no text message for a red that is %s within five minutes', async (_, end) => {
    const reference = await redAlert();
    await hub.send();
    await hub.moveTo('2026-11-23T10:32');
    await end(reference);
    await hub.moveTo('2026-11-23T10:40');
    await hub.send();
    expect(sent()).toEqual([['email', duty().email]]);
    expect((await hub.deliveries()).map(({ channel, state }) => [channel, state])).toEqual([
      ['email', 'accepted'],
      ['sms', 'not_needed'],
    ]);
  });
});

it('marks a number that does not work, tells the managers of it, and uses the next channel at once', async () => {
  await hub.hasPhone(duty(), '07');
  await hub.submit(red());
  await hub.withLadder([
    { channels: ['sms'], afterMinutes: 0 },
    { channels: ['email'], afterMinutes: 5 },
  ]);
  await hub.moveTo('2026-11-23T10:30');
  await hub.fire();
  await hub.send();
  await hub.send();
  expect(sent()).toEqual([['email', duty().email]]);
  expect((await hub.deliveries()).map(({ channel, state, failure }) => [channel, state, failure])).toEqual([
    ['email', 'accepted', null],
    ['sms', 'failed', '400'],
  ]);
  expect(await hub.whosePhoneFailsNow()).toEqual([duty().id]);

  expect(await hub.openDeadlines('contact_failed')).toEqual([`${duty().id} phone`]);
  expect(await hub.fire()).toBe(1);
  await hub.send();
  const told = ['practice_manager', 'service_manager'] as const;
  expect(sent().slice(1).sort()).toEqual(told.map((group) => ['email', hub.onDuty[group].email]).sort());
  // The number is used no more, until a person corrects it.
  await hub.moveTo('2026-11-23T12:00');
  await hub.fire();
  const texts = (await hub.deliveries()).filter(({ channel }) => channel === 'sms');
  expect(texts.map(({ state }) => state)).toEqual(['failed']);
});

describe('a provider that is down', () => {
  it('tries a provider that is down ever more slowly, and tells the last resort after four failures', async () => {
    await redAlert();
    hub.notify.down = 500;
    const waits: number[] = [];
    for (let failures = 1; failures <= 10; failures++) {
      await hub.send();
      const [delivery] = await hub.deliveriesTo(duty());
      expect(delivery).toMatchObject({ state: 'queued', attempts: failures, failure: '500', messageId: null });
      waits.push(delivery!.nextAttemptAt.since(await hub.database.now()).total('seconds'));
      expect(await hub.openDeadlines('undelivered')).toEqual(failures < 4 ? [] : ['alerts']);
      const others = (await hub.deliveries()).filter(({ recipientId }) => recipientId !== duty().id);
      expect(others.length > 0).toBe(failures >= 4);
      await hub.moveToInstant(delivery!.nextAttemptAt);
    }
    // Chance takes up to a fifth off each wait.
    const longest = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
    expect(waits.filter((wait, index) => wait > longest[index]! || wait < 0.8 * longest[index]!)).toEqual([]);
    expect(waits).toHaveLength(longest.length);
    hub.notify.down = null;
    await hub.send();
    expect(sent()).toContainEqual(['email', duty().email]);
    expect(sent()).toContainEqual(['email', hub.onDuty.last_resort.email]);
  });

  it('uses the next channel after four failures of a provider, before the time of that channel', async () => {
    await hub.hasPhone(duty());
    await redAlert();
    hub.notify.down = 500;
    for (let failures = 1; failures <= 4; failures++) {
      const [, sms] = await hub.deliveriesTo(duty());
      expect(sms!.nextAttemptAt).toEqual(hub.at('2026-11-23T10:35'));
      await hub.moveToInstant((await hub.deliveriesTo(duty()))[0]!.nextAttemptAt);
      await hub.send();
    }
    const [, sms] = await hub.deliveriesTo(duty());
    expect(sms!.nextAttemptAt).toEqual(await hub.database.now());
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
  });

  it('counts a provider that takes no more today as failing, and tells of it', async () => {
    await redAlert();
    hub.notify.down = 'no more today';
    for (let failures = 1; failures <= 4; failures++) {
      await hub.send();
      await hub.moveToInstant((await hub.deliveriesTo(duty()))[0]!.nextAttemptAt);
    }
    expect(await hub.openDeadlines('undelivered')).toEqual(['alerts']);
  });

  it('tells by one alert of twenty that reached no person, and finds I2 broken until they reach people', async () => {
    for (let count = 0; count < 20; count++) await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    hub.notify.down = 403;
    for (let round = 0; round < 12; round++) {
      await hub.send();
      await hub.moveBy({ seconds: 30 });
    }
    expect(await hub.openDeadlines('undelivered')).toEqual(['alerts']);
    expect((await hub.invariants.execute()).find(({ invariant }) => invariant === 'I2')!.count).toBeGreaterThanOrEqual(
      20,
    );
    hub.notify.down = null;
    for (let round = 0; round < 12; round++) {
      await hub.send();
      await hub.moveBy({ minutes: 1 });
    }
    await hub.askProviders();
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('does not wait for a rung of the ladder whose channel a person does not have', async () => {
    await hub.submit(aFracturedToddler());
    await hub.withLadder([
      { channels: ['sms'], afterMinutes: 0 },
      { channels: ['email'], afterMinutes: 60 },
    ]);
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    await hub.send();
    expect(sent()).toEqual([['email', duty().email]]);
  });

  it('waits a second for a provider that is sent too much at once, and counts no failure', async () => {
    await hub.hasPhone(duty());
    await redAlert();
    hub.notify.down = 429;
    for (let refused = 0; refused < 10; refused++) {
      await hub.send();
      const [email] = await hub.deliveriesTo(duty());
      expect(email).toMatchObject({ state: 'queued', failure: '429' });
      expect(email!.nextAttemptAt.since(await hub.database.now()).total('seconds')).toBe(1);
      await hub.moveBy({ seconds: 1 });
    }
    hub.notify.down = 500;
    await hub.send();
    const [email, sms] = await hub.deliveriesTo(duty());
    // The first failure, with the shortest wait; the text message keeps its time.
    const wait = email!.nextAttemptAt.since(await hub.database.now()).total('seconds');
    expect([wait > 1.5, wait <= 2]).toEqual([true, true]);
    expect(sms!.nextAttemptAt).toEqual(hub.at('2026-11-23T10:35'));
  });
});

describe('an alert that reached no person', () => {
  it.each<[string, (reference: string) => Promise<unknown>]>([
    [
      'it reaches a person',
      async () => {
        hub.notify.down = null;
        await hub.moveBy({ minutes: 5 });
        await hub.send();
      },
    ],
    ['it is acknowledged', (reference) => hub.acknowledges(hub.screener, reference)],
    ['the referral is decided', decide],
  ])('stops telling that an alert reached no person when %s', async (_, end) => {
    const reference = await redAlert();
    hub.notify.down = 500;
    for (let failures = 1; failures <= 4; failures++) {
      await hub.send();
      await hub.moveBy({ seconds: 16 });
    }
    expect(await hub.openDeadlines('undelivered')).toHaveLength(1);
    await end(reference);
    await hub.askProviders();
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
  });
});

describe('many alerts at once', () => {
  const tenGreens = async () => {
    for (let count = 0; count < 10; count++) await hub.submit(green());
  };

  it('sends ten greens to a person as two messages and a digest, and no more in that minute', async () => {
    await tenGreens();
    await hub.moveTo('2026-11-23T10:00:30');
    await hub.submit(green());
    await hub.moveTo('2026-11-25T10:30');
    expect(await hub.fire()).toBe(10);
    await hub.send();
    await hub.send();
    // They leave at the same time and arrive in any order.
    const [digest, ...alone] = hub.notify.taken.map(({ personalisation }) => personalisation['message']!).sort();
    expect(alone).toEqual([expect.stringMatching(/^GREEN /), expect.stringMatching(/^GREEN /)]);
    expect(digest).toMatch(/^8 more alerts: none of them red/);
    expect(digest!.match(/^green /gm)).toHaveLength(8);
    expect((await hub.deliveries()).every(({ state }) => state === 'accepted')).toBe(true);

    await hub.moveTo('2026-11-25T10:30:30');
    expect(await hub.fire()).toBe(1);
    await hub.send();
    await hub.moveTo('2026-11-25T10:30:59.999');
    await hub.send();
    expect(hub.notify.taken).toHaveLength(3);
    await hub.moveTo('2026-11-25T10:31');
    await hub.send();
    expect(hub.notify.taken).toHaveLength(4);
  });

  it('sends ten reds to a person as ten messages', async () => {
    for (let count = 0; count < 10; count++) await hub.submit(red());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    await hub.send();
    const subjects = hub.notify.taken.map(({ personalisation }) => personalisation['subject']);
    expect(new Set(subjects).size).toBe(10);
    expect(subjects.every((subject) => subject!.startsWith('RED '))).toBe(true);
  });

  it('sends reds first when a provider takes few messages, and keeps fifty of them for the reds to come', async () => {
    await tenGreens();
    await hub.moveTo('2026-11-25T10:00');
    for (let count = 0; count < 2; count++) await hub.submit(red());
    await hub.moveTo('2026-11-25T10:30');
    expect(await hub.fire()).toBe(12);
    const ratings = () => hub.notify.taken.map(({ personalisation }) => personalisation['subject']!.split(' ')[0]);
    await hub.providerTakes('notify', 1);
    await hub.send();
    expect(ratings()).toEqual(['RED']);
    // Fifty-one, of which the red takes one: fifty are kept for the reds to come.
    await hub.providerTakes('notify', 51);
    await hub.send();
    expect(ratings()).toEqual(['RED', 'RED']);
    await hub.moveBy({ seconds: 1 });
    await hub.send();
    expect(ratings().sort()).toEqual(['8', 'GREEN', 'GREEN', 'RED', 'RED']);
  });
});

describe('the outcome of a message', () => {
  it.each([
    ['delivered', 'delivered'],
    ['permanent-failure', 'failed'],
    ['temporary-failure', 'queued'],
    ['sending', 'accepted'],
  ])('takes a receipt that says %s: the delivery is %s', async (status, state) => {
    await redAlert();
    await hub.send();
    const [{ messageId } = { messageId: null }] = await hub.deliveries();
    await hub.outcome.receipt(messageId!, asReceipt(status));
    await hub.followUp.execute();
    expect((await hub.deliveriesTo(duty()))[0]!.state).toBe(state);
    expect(await hub.openDeadlines('contact_failed')).toEqual(state === 'failed' ? [`${duty().id} email`] : []);
  });

  it('asks Notify for the outcome when no receipt comes: after a minute, and then ever more rarely', async () => {
    hub.notify.become = () => 'sending';
    await redAlert();
    await hub.send();
    const [message] = hub.notify.taken;
    const stateAt = async (time: string) => {
      await hub.moveTo(`2026-11-23T${time}`);
      await hub.askProviders();
      return (await hub.deliveries())[0]!.state;
    };
    expect(await stateAt('10:31')).toBe('accepted');
    message!.status = 'delivered';
    expect(await stateAt('10:31:59')).toBe('accepted');
    expect(await stateAt('10:32')).toBe('delivered');
  });
});
