import type { StaffActor } from '#access';
import { PlanSummary, SumUpWeek } from '#oversight';
import { SERVICE, sql } from '#store';
import { Preferences, USUAL_PREFERENCES } from '#work';
import { createSendingHub, type SendingHub } from '../support/sending-hub.ts';
import { aBruisedBaby, aFamilyShortOfMoney, aRoutineAmber } from '../support/referrals.ts';

let hub: SendingHub;
beforeAll(async () => void (hub = await createSendingHub(['notify'])));
beforeEach(() => hub.reset());
afterAll(() => hub.drop());

const wants = (by: StaffActor, weeklySummary = true) =>
  hub.whole.get(Preferences).save({ ...USUAL_PREFERENCES, weeklySummary }, by);
const plans = () => hub.whole.get(PlanSummary).execute();
const planned = async () =>
  (
    await hub.database
      .as(SERVICE)
      .rows<{ week: string }>(sql`SELECT payload->>'week' AS week FROM job WHERE name = 'weekly-summary' ORDER BY id`)
  ).map(({ week }) => week);
const sumsUp = (week: string) =>
  hub.database.as(SERVICE).transaction((tx) => hub.whole.get(SumUpWeek).handle({ week }, tx));
/** The e-mails about promptness that left, each with its address. */
const sent = () =>
  hub.notify.taken
    .filter(({ personalisation }) => personalisation['subject']!.startsWith('How promptly'))
    .map(({ personalisation: { subject, message }, to }) => ({ to, subject, message }));

it.each([
  ['on Sunday evening', '2026-11-29T23:59', []],
  ['on Monday before eight', '2026-11-30T07:59', []],
  ['on Monday at eight', '2026-11-30T08:00', ['2026-11-30']],
  ['on Wednesday, when no worker ran before', '2026-12-02T09:00', ['2026-11-30']],
])('is called for once a week from Monday at eight: %s', async (_, at, expected) => {
  await wants(hub.manager);
  await sumsUp('2026-11-23');
  await hub.moveTo(at);
  await plans();
  await plans();
  expect(await planned()).toEqual(expected);
  for (const week of expected) await sumsUp(week);
  await hub.database.as(SERVICE).run(sql`UPDATE job SET completed_at = mash.now()`);
  await plans();
  expect(await planned()).toEqual(expected);
});

it('is called for at eight by the clock of London in summer too', async () => {
  await wants(hub.manager);
  await sumsUp('2027-06-14');
  await hub.moveTo('2027-06-21T07:59');
  await plans();
  expect(await planned()).toEqual([]);
  await hub.moveTo('2027-06-21T08:00');
  await plans();
  expect(await planned()).toEqual(['2027-06-21']);
});

it('is not called for where no person wants it', async () => {
  await hub.moveTo('2026-11-30T08:00');
  await plans();
  await wants(hub.manager, false);
  await wants(hub.screener);
  await plans();
  expect(await planned()).toEqual([]);
});

it('goes to each person who wants it and reads oversight, with three sentences, a link and no word of any person', async () => {
  await wants(hub.manager);
  await wants(hub.auditor);
  await wants(hub.socialWorker);
  const late = await hub.submit(aRoutineAmber());
  const inTime = await hub.submit(aFamilyShortOfMoney());
  await hub.decides(hub.socialWorker, inTime, { outcome: 'advice_and_signposting', thresholdLevel: 1 });
  await hub.moveTo('2026-11-26T15:00');
  await hub.decides(hub.manager, late);
  await hub.moveTo('2026-11-27T16:00');
  const open = await hub.submit(aBruisedBaby());
  // One of the next week, in time.
  await hub.moveTo('2026-11-30T07:55');
  await hub.submit(aFamilyShortOfMoney());
  await hub.moveTo('2026-11-30T08:00');
  await sumsUp('2026-11-30');
  await sumsUp('2026-11-30');
  await hub.send();
  expect(
    sent()
      .map(({ to }) => to)
      .sort(),
  ).toEqual(
    (
      await hub.database
        .as(SERVICE)
        .rows<{ email: string }>(sql`SELECT email FROM staff_member WHERE id IN (${hub.manager.id}, ${hub.auditor.id})`)
    )
      .map(({ email }) => email)
      .sort(),
  );
  const { subject, message: words } = sent()[0]!;
  expect(subject).toBe('How promptly the hub worked in the week to 29 November 2026');
  expect(words).toBe(
    [
      '3 referrals came in the week from 23 November 2026 to 29 November 2026: 1 of the 2 that are due (50%) were decided within one working day, and 1 is not yet due. 1 referral is overdue now. No alert fired.',
      'More: https://console.hub.example.org/oversight',
      'You can switch this e-mail off in your preferences.',
    ].join('\n\n'),
  );
  for (const leak of [late, inTime, open, 'Elodie', 'Mel', 'Loomgate']) expect(words).not.toContain(leak);
});

it('does not reach a person who switched it off, or who left, after it was handed over', async () => {
  await wants(hub.manager);
  await wants(hub.otherManager);
  await wants(hub.auditor);
  await hub.moveTo('2026-11-30T08:00');
  await sumsUp('2026-11-30');
  await wants(hub.manager, false);
  await hub.database.as(SERVICE).run(sql`UPDATE staff_member SET is_active = false WHERE id = ${hub.otherManager.id}`);
  await hub.send();
  expect(sent()).toHaveLength(1);
});
