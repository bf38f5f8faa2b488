import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
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

const MIA = {
  firstName: 'Mia',
  lastName: 'Marsden-Pyke',
  dateOfBirth: '2019-03-14',
  address: { line1: '14 Loomfold Street', postcode: 'OL6 7AB' },
  schoolOrSetting: 'Tansyfold Primary School',
};
const refer = async (minute: string, ...children: object[]) => {
  await hub.moveTo(`2026-11-23T10:${minute}`);
  const reference = await hub.submit({ ...aRoutineAmber(), children });
  await hub.linkEarlier(reference);
  return reference;
};
const twice = async () => [
  await refer('01', MIA),
  await refer('02', { ...MIA, lastName: 'Pyke', address: { line1: '3 Vale Court', postcode: 'OL6 7AB' } }),
];

it('a referral asks whether its child is the known one, and says why, beside the decision too', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker);
  for (const path of ['', '/decision']) {
    const page = await worker.open(`/referrals/${second}${path}`);
    expect(page.text).toContain('Known before? Mia Pyke is not joined with any other referral.');
    expect(page.text).toContain(`Probably the same: Mia Marsden-Pyke, born 14 March 2019. Amber ?suggested ${first}`);
    expect(page.text).toContain(
      'Because: same date of birth, same first name, surname is a part of the other, same postcode',
    );
  }
});

it('one press joins the child on the page of the decision, and what was typed there stays', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker);
  await worker.open(`/referrals/${second}/decision`);
  const page = await worker.press(`Same child as Mia Marsden-Pyke of ${first}`);
  expect([page.path, page.notices()[0]]).toEqual([
    `/referrals/${second}/decision`,
    `One child with ${first} now. The page of the child parts them again.`,
  ]);
  expect(page.text).toContain('Mia Pyke is known from 1 other referral.');
  expect(page.text).toContain('Earlier referrals of the same children');
});

it('the page of a child shows its referrals, homes and those who know it, and parts it again with a reason', async () => {
  const [first, second] = await twice();
  const worker = await console.visitedBy(hub.socialWorker);
  await worker.open(`/referrals/${second}`);
  await worker.press(`Same child as Mia Marsden-Pyke of ${first}`);
  const page = await worker.open(`/referrals/${second}/children/1`);
  expect([page.status, page.heading]).toEqual([200, 'Mia Pyke']);
  for (const shown of [first!, second!, '14 Loomfold Street', '3 Vale Court', 'Tansyfold Primary School'])
    expect(page.text).toContain(shown);
  const empty = await worker.press('Part them again');
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Say why it was wrong')]);
  const parted = await worker.press('Part them again', {
    'Why it is wrong that they are one': 'Another girl, says the school.',
  });
  expect(parted.notices()).toEqual(['Taken back. Each referral has its own history again.']);
  expect(parted.text).toContain('Who the child may be');
  const { text } = await worker.open(`/referrals/${first}/timeline`);
  expect(text).toContain('Parted it again from the child of another referral');
});

it('a child that a person called another is offered no more', async () => {
  const [first, second] = await twice();
  const screener = await console.visitedBy(hub.screener);
  await screener.open(`/referrals/${second}`);
  const page = await screener.press(`Another child as Mia Marsden-Pyke of ${first}`);
  expect(page.notices()[0]).toBe(`Not the child of ${first}. It is not offered again.`);
  expect(page.text).not.toContain('Known before?');
  expect((await screener.open(`/referrals/${first}/children/1`)).text).toContain(`are two children`);
});

it('an auditor who opened one referral is not told whom others are about', async () => {
  const [, second] = await twice();
  const auditor = await console.visitedBy(hub.auditor, '/preferences');
  await auditor.open(`/referrals/${second}`);
  const page = await auditor.press('Open the referral', { 'Why do you open it?': 'Sampled for October' });
  expect(page.heading).toContain('Mia Pyke');
  expect(page.text).not.toContain('Marsden');
  expect((await auditor.open(`/referrals/${second}/children/1`)).status).toBe(404);
});

it.each(['/children/2', '/children/0', '/children/x', '/children/99999999999'])(
  'there is no page of a child at %s',
  async (path) => {
    const reference = await refer('01', MIA);
    const worker = await console.visitedBy(hub.socialWorker);
    expect((await worker.open(`/referrals/${reference}${path}`)).status).toBe(404);
  },
);
