import { asReceipt } from '#alerts';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aFamilyShortOfMoney, aFracturedToddler } from '../support/referrals.ts';

let hub: SendingHub;
beforeEach(async () => {
  hub = await createSendingHub(['notify']);
});
afterEach(() => hub.drop());

const red = () => aFracturedToddler();
const green = () => aFamilyShortOfMoney();
const duty = () => hub.onDuty.duty_team;
const sent = () => hub.notify.taken.map(({ type, to }) => [type, to]);

/** A red that nobody has claimed for half an hour: the duty team is told. */
async function redAlert(): Promise<string> {
  const reference = await hub.submit(red());
  await hub.moveTo('2026-11-23T10:30');
  await hub.fire();
  return reference;
}

async function decide(reference: string): Promise<void> {
  const version = async () => (await hub.readReferral.execute({ reference, by: hub.manager })).version;
  await hub.claim.execute({ reference, by: hub.manager });
  const decision = {
    rationale: 'Agreed with the agencies.',
    outcome: 'strategy_discussion',
    thresholdLevel: 4,
  } as const;
  const reasons = await hub.decide.execute({ reference, version: await version(), by: hub.manager, ...decision });
  if (reasons.length === 0) return;
  const agreed = { result: 'agreed', comments: null } as const;
  await hub.signOff.execute({ reference, version: await version(), by: hub.otherManager, ...agreed });
}

it('what was not sent because of a decision is sent when that is taken back', async () => {
  const reference = await redAlert();
  await decide(reference);
  await hub.send();
  expect(sent()).toEqual([]);
  const [decision] = (await hub.readReferral.execute({ reference, by: hub.manager })).decisions;
  await hub.undo.execute({ reference, act: decision!.id, by: hub.manager });
  await hub.send();
  expect(sent()).toEqual([['email', duty().email]]);
  expect(await hub.invariants.execute()).toEqual([]);
});

describe('the ladder of a red', () => {
  beforeEach(() => hub.givePhone(duty().id));

  it('is an e-mail at once, and a text message when nobody has acknowledged for five minutes', async () => {
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

  it.each([
    ['acknowledged', (reference: string) => hub.acknowledge.execute({ reference, by: hub.screener })],
    ['decided', decide],
  ])('stops when the referral is %s', async (_, end) => {
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

it('a number that does not work is marked, told of, and passed over at once', async () => {
  await hub.givePhone(duty().id, '07');
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
  const marked = await hub.database.rows('SELECT id FROM staff_member WHERE phone_failed_at = mash.now()');
  expect(marked).toEqual([{ id: duty().id }]);

  expect(await hub.openDeadlines('contact_failed')).toEqual([`${duty().id} phone`]);
  expect(await hub.fire()).toBe(1);
  await hub.send();
  const told = ['practice_manager', 'service_manager'] as const;
  expect(sent().slice(1).sort()).toEqual(told.map((group) => ['email', hub.onDuty[group].email]).sort());
  // The number is used no more, until somebody corrects it.
  await hub.moveTo('2026-11-23T12:00');
  await hub.fire();
  const numbers = await hub.database.rows(`SELECT 1 FROM delivery WHERE channel = 'sms' AND state <> 'failed'`);
  expect(numbers).toEqual([]);
});

describe('a provider that is down', () => {
  it('is tried ever more slowly, and after four failures somebody else is told', async () => {
    await redAlert();
    hub.notify.down = 500;
    const waits: number[] = [];
    for (let failures = 1; failures <= 10; failures++) {
      await hub.send();
      const [delivery] = await hub.deliveriesTo(duty().id);
      expect(delivery).toMatchObject({ state: 'queued', attempts: failures, failure: '500', messageId: null });
      waits.push(delivery!.nextAttemptAt.since(await hub.database.now()).total('seconds'));
      expect(await hub.openDeadlines('undelivered')).toEqual(failures < 4 ? [] : ['alerts']);
      const others = (await hub.deliveries()).filter(({ recipientId }) => recipientId !== duty().id);
      expect(others.length > 0).toBe(failures >= 4);
      await hub.moveToInstant(delivery!.nextAttemptAt);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    hub.notify.down = null;
    await hub.send();
    expect(sent()).toContainEqual(['email', duty().email]);
    expect(sent()).toContainEqual(['email', hub.onDuty.last_resort.email]);
  });

  it('has the next channel used after four failures, however long that had still to wait', async () => {
    await hub.givePhone(duty().id);
    await redAlert();
    hub.notify.down = 500;
    for (let failures = 1; failures <= 4; failures++) {
      const [, sms] = await hub.deliveriesTo(duty().id);
      expect(sms!.nextAttemptAt).toEqual(hub.at('2026-11-23T10:35'));
      await hub.moveToInstant((await hub.deliveriesTo(duty().id))[0]!.nextAttemptAt);
      await hub.send();
    }
    const [, sms] = await hub.deliveriesTo(duty().id);
    expect(sms!.nextAttemptAt).toEqual(await hub.database.now());
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
  });

  it('that takes no more today counts as failing, and somebody else is told', async () => {
    await redAlert();
    hub.notify.down = 'no more today';
    for (let failures = 1; failures <= 4; failures++) {
      await hub.send();
      await hub.moveToInstant((await hub.deliveriesTo(duty().id))[0]!.nextAttemptAt);
    }
    expect(await hub.openDeadlines('undelivered')).toEqual(['alerts']);
  });

  it('tells of twenty alerts that reached nobody with one about itself, and breaks an invariant until they have', async () => {
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
    await hub.settleDoubt();
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('of a rung that this hub or this person has not is not waited for', async () => {
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

  it('that takes too much at once is waited for, which is no failure', async () => {
    await hub.givePhone(duty().id);
    await redAlert();
    hub.notify.down = 429;
    for (let refused = 0; refused < 10; refused++) {
      await hub.send();
      const [email] = await hub.deliveriesTo(duty().id);
      expect(email).toMatchObject({ state: 'queued', failure: '429' });
      expect(email!.nextAttemptAt.since(await hub.database.now()).total('seconds')).toBe(1);
      await hub.moveBy({ seconds: 1 });
    }
    hub.notify.down = 500;
    await hub.send();
    const [email, sms] = await hub.deliveriesTo(duty().id);
    // The first failure, with the shortest wait; the text message keeps its time.
    expect(email!.nextAttemptAt.since(await hub.database.now()).total('seconds')).toBe(2);
    expect(sms!.nextAttemptAt).toEqual(hub.at('2026-11-23T10:35'));
  });
});

describe('that an alert has reached nobody is told until', () => {
  it.each([
    [
      'it has reached somebody',
      async () => {
        hub.notify.down = null;
        await hub.moveBy({ minutes: 5 });
        await hub.send();
      },
    ],
    ['it is acknowledged', (reference: string) => hub.acknowledge.execute({ reference, by: hub.screener })],
    ['the referral is decided', decide],
  ])('%s', async (_, end) => {
    const reference = await redAlert();
    hub.notify.down = 500;
    for (let failures = 1; failures <= 4; failures++) {
      await hub.send();
      await hub.moveBy({ seconds: 16 });
    }
    expect(await hub.openDeadlines('undelivered')).toHaveLength(1);
    await end(reference);
    await hub.settleDoubt();
    expect(await hub.openDeadlines('undelivered')).toEqual([]);
  });
});

describe('many at once', () => {
  const tenGreens = async () => {
    for (let count = 0; count < 10; count++) await hub.submit(green());
  };

  it('that are green come to a person as two messages and a digest, and no more in that minute', async () => {
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

  it('that are red are as many messages', async () => {
    for (let count = 0; count < 10; count++) await hub.submit(red());
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    await hub.send();
    const subjects = hub.notify.taken.map(({ personalisation }) => personalisation['subject']);
    expect(new Set(subjects).size).toBe(10);
    expect(subjects.every((subject) => subject!.startsWith('RED '))).toBe(true);
  });

  it('go out red first when the provider allows few, and the last of its tokens are for reds', async () => {
    await tenGreens();
    await hub.moveTo('2026-11-25T10:00');
    for (let count = 0; count < 2; count++) await hub.submit(red());
    await hub.moveTo('2026-11-25T10:30');
    expect(await hub.fire()).toBe(12);
    const leave = (tokens: number) =>
      hub.database.rows(
        `INSERT INTO sending_budget VALUES ('notify', $1, mash.now())
         ON CONFLICT (provider) DO UPDATE SET tokens = $1, refilled_at = mash.now()`,
        [tokens],
      );
    const ratings = () => hub.notify.taken.map(({ personalisation }) => personalisation['subject']!.split(' ')[0]);
    await leave(1);
    await hub.send();
    expect(ratings()).toEqual(['RED']);
    // Fifty-one, of which the red takes one: fifty are kept for the reds to come.
    await leave(51);
    await hub.send();
    expect(ratings()).toEqual(['RED', 'RED']);
    await hub.moveBy({ seconds: 1 });
    await hub.send();
    expect(ratings().sort()).toEqual(['8', 'GREEN', 'GREEN', 'RED', 'RED']);
  });
});

describe('what became of a message', () => {
  it.each([
    ['delivered', 'delivered'],
    ['permanent-failure', 'failed'],
    ['temporary-failure', 'queued'],
    ['sending', 'accepted'],
  ])('is told by a receipt: %s makes it %s', async (status, state) => {
    await redAlert();
    await hub.send();
    const [{ messageId } = { messageId: null }] = await hub.deliveries();
    await hub.outcome.receipt(messageId!, asReceipt(status));
    expect((await hub.deliveriesTo(duty().id))[0]!.state).toBe(state);
    expect(await hub.openDeadlines('contact_failed')).toEqual(state === 'failed' ? [`${duty().id} email`] : []);
  });

  it('is asked when no receipt comes: a minute after, and then ever more rarely', async () => {
    hub.notify.become = () => 'sending';
    await redAlert();
    await hub.send();
    const [message] = hub.notify.taken;
    const stateAt = async (time: string) => {
      await hub.moveTo(`2026-11-23T${time}`);
      await hub.settleDoubt();
      return (await hub.deliveries())[0]!.state;
    };
    expect(await stateAt('10:31')).toBe('accepted');
    message!.status = 'delivered';
    expect(await stateAt('10:31:59')).toBe('accepted');
    expect(await stateAt('10:32')).toBe('delivered');
  });
});
