import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { aCoachMessagingChildren } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const ANN = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03' };
const refer = async (minute: string) => {
  await hub.moveTo(`2026-11-23T10:${minute}`);
  const reference = await hub.submit(aCoachMessagingChildren({ children: [ANN] }));
  await hub.linkEarlier(reference);
  return reference;
};
const twice = async () => [await refer('01'), await refer('02')] as const;
const BESIDE = 'Other reports of the same incident';

it('one press beside the decision says that two referrals report one incident, and what was typed stays', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker);
  await worker.open(`/referrals/${second}/decision`);
  const page = await worker.press(`Same incident as ${first}`);
  expect([page.path, page.notices()]).toEqual([
    `/referrals/${second}/decision`,
    [`${second} and ${first} report one incident now. They can be decided by one press.`],
  ]);
  expect(page.under(BESIDE)).toContain(first);
  expect(page.text).not.toContain('Earlier referrals of the same children');
  expect((await worker.open(`/referrals/${first}`)).under(BESIDE)).toContain(second);
  expect((await worker.open(`/referrals/${first}/print`)).under(BESIDE)).toContain(second);
});

it('the page of the reports says who said so, asks for a reason, and parts them', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${first}`);
  await worker.press(`Same incident as ${second}`);
  const page = await worker.open(`/referrals/${first}/incident`);
  expect(page.text).toContain(`Sol Worker, 10:02am today: `);
  const empty = await worker.press('Part them again');
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Say why these are two incidents')]);
  const names = [first, second];
  const label = names.map((one, at) => `Why ${one} and ${names[1 - at]!} report two incidents`);
  const asked = label.find((one) => empty.text.includes(one))!;
  const parted = await worker.press('Part them again', { [asked]: 'It was another night.' });
  expect([parted.path, parted.notices()]).toEqual([
    `/referrals/${first}`,
    ['Taken back. Each referral counts by itself again.'],
  ]);
  expect(parted.text).toContain('Later referrals of the same children');
  const { text } = await worker.open(`/referrals/${first}/timeline`);
  expect(text).toContain(`Said that it reports the same incident as another: ${second}`);
  expect(text).toContain(`Parted it from another report of the incident: ${second}`);
});

it('a decision decides the ticked report with it, after the page that checks both', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${second}`);
  await worker.press(`Same incident as ${first}`);
  const form = await worker.open(`/referrals/${second}/decision`);
  const box = `${first}, amber, received 10:01am today. You confirm amber`;
  expect(form.field(box).isChecked).toBe(false);
  const check = await worker.press('Confirm amber, record and take the next', aDecision('Early help', { [box]: true }));
  expect([check.heading, check.text]).toEqual(['Check your answers', expect.stringContaining(`With it: ${first}`)]);
  expect(check.text).toContain('You confirm that it is amber.');
  const done = await worker.press('Record the decision');
  expect(done.notices()).toEqual([`Your decision on ${second} is recorded and in effect. Decided with it: ${first}.`]);
  const other = await worker.open(`/referrals/${first}/decisions`);
  expect(other.text).toContain(`Decided with ${second}.`);
  expect(other.text).toContain(`the decision on ${second} says why`);
});

it('a report that changed since it was ticked is asked for again, and nothing is recorded', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${second}`);
  await worker.press(`Same incident as ${first}`);
  await worker.open(`/referrals/${second}/decision`);
  const box = `${first}, amber, received 10:01am today. You confirm amber`;
  await worker.press('Check your answers', aDecision('Early help', { [box]: true }));
  await hub.rates(hub.screener, first, 'red');
  const again = await worker.press('Record the decision');
  expect([again.path, again.text]).toEqual([
    `/referrals/${second}/decision`,
    expect.stringContaining('Another report of this incident changed while you were deciding'),
  ]);
  expect(again.field(`${first}, red, received 10:01am today`).isChecked).toBe(false);
  expect(again.field('Rationale').value).toBe('Early help, agreed with the school.');
  expect((await hub.read(second)).status).toBe('awaiting_decision');
});

it('an auditor reads which referrals report one incident, and is asked nothing', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${second}`);
  await worker.press(`Same incident as ${first}`);
  await hub.openForAudit(second, 'A complaint about it.', hub.auditor);
  const auditor = await console.visitedBy(hub.auditor, `/referrals/${second}`);
  const page = await auditor.open(`/referrals/${second}`);
  expect(page.under(BESIDE)).toContain(first);
  expect(page.text).not.toContain('parting them again');
  expect((await auditor.open(`/referrals/${second}/incident`)).status).toBe(404);
});
