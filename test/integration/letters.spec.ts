import { asReceipt } from '#messages';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aFracturedToddler } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => {
  hub = await createSendingHub(['notify']);
});
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const told = () => hub.entryCount('referral.acknowledged-to-referrer');

/** A referral whose letter waits to be sent. */
async function letter(): Promise<string> {
  const reference = await hub.submit(aFracturedToddler());
  await hub.handsOverLetter(reference);
  return reference;
}

describe('a letter to a referrer', () => {
  it('is one, however often the job runs, and is on the record when the provider has it', async () => {
    const reference = await letter();
    await hub.handsOverLetter(reference);
    expect(await told()).toBe(0);
    await hub.send();
    expect(hub.notify.taken.map(({ personalisation }) => personalisation['subject'])).toEqual([
      `We have your referral ${reference}`,
    ]);
    expect(await told()).toBe(1);
  });

  it('is on the record when the receipt comes before the worker heard of the provider', async () => {
    const { id } = await hub.letterOf(await letter());
    await hub.letterIsOnItsWay(id);
    await hub.outcome.receipt(id, asReceipt('delivered'));
    await hub.outcome.accepted(id);
    await hub.followUp.execute();
    expect(await told()).toBe(1);
  });

  it('is on the record once when the provider takes it, gives up on it and takes it again', async () => {
    const reference = await letter();
    await hub.send();
    const { messageId } = await hub.letterOf(reference);
    await hub.outcome.receipt(messageId!, asReceipt('temporary-failure'));
    expect((await hub.letterOf(reference)).state).toBe('queued');
    await hub.moveBy({ minutes: 5 });
    await hub.send();
    expect([(await hub.letterOf(reference)).state, await told()]).toEqual(['accepted', 1]);
  });

  it('counts a provider that takes too few messages as failing when the referral is a minute old', async () => {
    const reference = await letter();
    const { id } = await hub.letterOf(reference);
    const failsByLimit = async () => {
      await hub.letterIsOnItsWay(id);
      await hub.outcome.failedForNow(id, 'RateLimitError', { limited: true });
      return (await hub.letterOf(reference)).attempts;
    };
    expect(await failsByLimit()).toBe(0);
    await hub.moveBy({ seconds: 61 });
    expect(await failsByLimit()).toBe(1);
  });

  it('goes after the alert of a red that waits for the same provider', async () => {
    const reference = await letter();
    await hub.moveTo('2026-11-23T10:30');
    await hub.fire();
    await hub.send();
    const subjects = hub.notify.taken.map(({ personalisation }) => personalisation['subject']!);
    expect(subjects.at(-1)).toBe(`We have your referral ${reference}`);
    expect(subjects).toHaveLength(2);
  });
});
