import { randomUUID } from 'node:crypto';
import { Seal } from '#platform';
import { SERVICE, sql } from '#store';
import { Drafts, RemindOfKeptForms } from '#work';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';

let hub: SendingHub;
let pat: Awaited<ReturnType<SendingHub['anAgency']>>['partner'];
let drafts: Drafts;
beforeAll(async () => {
  hub = await createSendingHub(['notify']);
  drafts = new Drafts(hub.database, new Seal('a secret of thirty-two characters or more', 'drafts'));
});
beforeEach(async () => {
  await hub.reset();
  ({ partner: pat } = await hub.anAgency('Hillbrook Primary'));
});
afterAll(() => hub.drop());

const keeps = (form: string, lastName = 'Quillfeather') => drafts.save('own-referral', form, { lastName }, pat);
const reminds = () => hub.whole.get(RemindOfKeptForms).execute();
/** The e-mails about kept forms that left. */
const told = () =>
  hub.notify.taken
    .map(({ personalisation }) => personalisation)
    .filter(({ subject }) => subject === 'A referral that you began is not sent');

describe('a person of an agency who kept a form', () => {
  it('is told once, an hour after the last save, that the hub does not have it, without a word of the form', async () => {
    const form = randomUUID();
    await keeps(form);
    await hub.moveBy({ minutes: 59 });
    expect(await reminds()).toBe(0);
    await hub.moveBy({ minutes: 1 });
    expect([await reminds(), await reminds()]).toEqual([1, 0]);
    await hub.send();
    expect(told().map(({ message }) => message)).toEqual([
      [
        'You began a referral and kept it at 10am on Monday 23 November 2026. It is not sent: the hub does not have it, and no person acts on it.',
        `Finish it and send it: https://console.hub.example.org/own-referrals/forms/${form}`,
        'It is removed at 10am on Monday 30 November 2026. If you do not need it, remove it on its page.',
        'If a child is in immediate danger, dial 999.',
      ].join('\n\n'),
    ]);
    await keeps(form);
    await hub.moveBy({ hours: 2 });
    expect(await reminds()).toBe(0);
  });

  it.each([
    ['sent it', (form: string) => drafts.remove('own-referral', form, pat)],
    ['took it up again', (form: string) => keeps(form)],
    ['left', () => hub.database.as(SERVICE).run(sql`UPDATE staff_member SET is_active = false WHERE id = ${pat.id}`)],
  ])('is not told when they %s before the e-mail leaves', async (_, meanwhile) => {
    const form = randomUUID();
    await keeps(form);
    await hub.moveBy({ minutes: 60 });
    expect(await reminds()).toBe(1);
    await meanwhile(form);
    await hub.send();
    expect(told()).toEqual([]);
  });

  it('is told of each of two forms', async () => {
    await keeps(randomUUID());
    await keeps(randomUUID());
    await hub.moveBy({ minutes: 60 });
    expect(await reminds()).toBe(2);
    await hub.send();
    expect(told()).toHaveLength(2);
  });
});

it('a person of the hub is not told of a form of a call that they kept', async () => {
  await drafts.save('referral', randomUUID(), { lastName: 'Quillfeather' }, hub.screener);
  await hub.moveBy({ hours: 3 });
  expect(await reminds()).toBe(0);
});
