import { createHub, type Hub } from '../support/hub.ts';
import { aFamilyShortOfMoney } from '../support/referrals.ts';
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

const HOME = { line1: '12 Mill Lane', postcode: 'OL6 7AB' };
const ANN = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03', address: HOME };
const BEN = { firstName: 'Ben', lastName: 'Vale', dateOfBirth: '2022-05-06', address: HOME };
const EVE = { name: 'Eve Vale', relationship: 'mother', dateOfBirth: '1990-02-03' };
const refer = async (minute: string, children: object[], more: object = {}) => {
  await hub.moveTo(`2026-11-23T10:${minute}`);
  const reference = await hub.submit({ ...aFamilyShortOfMoney(), children, adults: [EVE], ...more });
  await hub.linkEarlier(reference);
  return reference;
};
const TITLE = 'Others of the household or family';

it('a referral and its decision offer the children of the household, with the reasons in words', async () => {
  const first = await refer('01', [BEN]);
  await hub.decides(hub.socialWorker, first, { outcome: 'early_help', thresholdLevel: 2 });
  const second = await refer('02', [ANN]);
  const worker = await console.visitedBy(hub.socialWorker);
  for (const path of ['', '/decision']) {
    const page = await worker.open(`/referrals/${second}${path}`);
    expect(page.under(TITLE)).toMatch(
      new RegExp(
        `Ben Vale, aged 4( years)?, ${first}, received 10:01am today. Decided: Early help, 10:01am today. ` +
          'Because: Eve Vale \\(mother\\) is named in both; also at this address: 12 Mill Lane, OL6 7AB',
      ),
    );
    expect(page.link('Ben Vale')).toBe(`/referrals/${first}`);
  }
  await worker.press(`Same incident as ${first}`);
  expect((await worker.open(`/referrals/${second}`)).under('Other reports of the same incident')).toContain(first);
});

it('a decision sums up who of the household, and who may be the same child, other referrals know', async () => {
  const brother = await refer('01', [BEN]);
  await refer('02', [{ ...ANN, lastName: 'Vale-Carr' }], { adults: [], concern: aFamilyShortOfMoney().concern });
  const second = await refer('03', [ANN]);
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${second}/decision`);
  const [glance] = worker.page.wordsOfEach('[aria-label="At a glance"]');
  expect(glance).toContain('Household: Ben Vale (open) Other referrals: 1 more may be of the same child, 1 open');
  await hub.decides(hub.socialWorker, brother, { outcome: 'early_help', thresholdLevel: 2 });
  await worker.open(`/referrals/${second}/decision`);
  expect(worker.page.wordsOfEach('[aria-label="At a glance"]')[0]).toContain('Household: Ben Vale Other referrals');
});

it('no page of another referral says an address that must be kept, nor its sheet who else is of the family', async () => {
  const kept = await refer('01', [{ ...BEN, address: { line1: '9 Canary Row', postcode: 'OL6 7AB' } }], {
    withholdFromFamily: 'Where they live now.',
  });
  const second = await refer(
    '02',
    [ANN, { ...BEN, address: undefined }].map((one) => JSON.parse(JSON.stringify(one)) as object),
  );
  const worker = await console.visitedBy(hub.socialWorker);
  const paths = ['', '/decision', '/print', '/children/1', '/children/2', '/timeline', '/incident'];
  for (const path of paths) {
    const page = await worker.open(`/referrals/${second}${path}`);
    expect([path, page.status, page.text.includes('Canary')]).toEqual([path, 200, false]);
  }
  expect((await worker.open(`/referrals/${second}/print`)).text).not.toContain(TITLE);
  expect((await worker.open(`/referrals/${kept}`)).text).toContain('9 Canary Row');
});

it('the page of a child says its homes with their dates, and its family', async () => {
  const first = await refer('01', [ANN, { firstName: 'Cas', lastName: 'Vale' }]);
  const second = await refer('02', [
    { ...ANN, lastName: 'Vale-Hale', address: { line1: '12 Mill Ln', postcode: 'OL6 7AB' } },
  ]);
  const third = await refer('03', [
    { ...ANN, lastName: 'Vail', address: { line1: '1 Low Road', postcode: 'OL6 7AB' } },
  ]);
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${first}/children/1`);
  await worker.press(`Same child as Ann Vale-Hale of ${second}`);
  await worker.open(`/referrals/${first}/children/1`);
  await worker.press(`Same child as Ann Vail of ${third}`);
  const page = await worker.open(`/referrals/${second}/children/1`);
  const homes = page.under('Where the child lived');
  expect(homes).toContain('1 Low Road, OL6 7AB (by the referral received 10:03am today)');
  expect(homes).toContain('12 Mill Ln, OL6 7AB (first 10:01am today, last 10:02am today)');
  expect(page.under(TITLE)).toContain('Cas Vale, age not known');
});
