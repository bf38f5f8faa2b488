import { load } from 'cheerio';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { aCoachMessagingChildren, aFracturedToddler, aRoutineAmber } from '../support/referrals.ts';
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

const ALSO =
  /You also have (\S+), (.+?)\. “Take the next” allocated it to you, and it stays with you until you return it\./;
const RECORD = 'Confirm amber, record and take the next';
const AN_ASSESSMENT = aDecision('Child and family assessment', { 'Which level of need?': 'Level 3: Targeted' });

describe('the page after a decision was taken back', () => {
  it('says which referral the decider was given by the same press, with the way to return it to the queue', async () => {
    const first = await hub.submit(aRoutineAmber());
    const child = { firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2018-04-03' };
    const second = await hub.submit(aCoachMessagingChildren({ children: [child] }));
    const other = await hub.submit(aCoachMessagingChildren());
    await hub.claims(hub.socialWorker, other);
    // So that the decision does not confirm it by the same press.
    await hub.rates(hub.screener, first, 'amber');
    await hub.moveBy({ minutes: 1 });
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${first}/decision`);
    await worker.press('Record and take the next', AN_ASSESSMENT);
    const page = await worker.press('Take it back');
    expect(page.path).toBe(`/referrals/${first}`);
    expect(ALSO.exec(page.text)?.slice(1)).toEqual([second, expect.stringMatching(/^Ann Vale, 8, /)]);
    expect(page.link(`Return to queue: ${second}`)).toBe(`/referrals/${second}/give-back`);
    // Also by another way to it, for as long as the person has the other one, and to that person alone.
    expect((await worker.open(`/referrals/${first}`)).text).toMatch(ALSO);
    expect((await console.visitedBy(hub.manager, `/referrals/${first}`)).page.text).not.toMatch(ALSO);
    await worker.open(`/referrals/${second}/give-back`);
    await worker.press('Return to queue');
    expect(await hub.holderOf(second)).toBeNull();
    expect((await worker.open(`/referrals/${first}`)).text).not.toMatch(ALSO);
  });

  it('says nothing of that where no other was given', async () => {
    const first = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${first}/decision`);
    await worker.press(RECORD, AN_ASSESSMENT);
    const page = await worker.press('Take it back');
    expect([page.path, page.notices()[0]]).toEqual([`/referrals/${first}`, expect.stringContaining('is taken back')]);
    expect(page.text).not.toMatch(ALSO);
  });

  it('folds that decision under the time at which it was taken back, and the sheet for paper has it unfolded', async () => {
    const first = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, first, { outcome: 'early_help', thresholdLevel: 2 });
    await hub.takesBack(hub.socialWorker, first);
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${first}`);
    for (const part of ['', '/decisions']) {
      const page = await worker.open(`/referrals/${first}${part}`);
      const folded = page.wordsOfEach('main details:not([open]) summary');
      expect(folded).toContain('Taken back at 10am today: Early help, level 2');
      const $ = load(page.html);
      $('main details').remove();
      expect($('main').text()).not.toContain('Early help, level 2');
    }
    const sheet = await worker.open(`/referrals/${first}/print`);
    expect(sheet.headings()).toContainEqual(expect.stringMatching(/^Taken back at 10am on .*: Early help, level 2$/));
    expect(load(sheet.html)('main details').length).toBe(0);
    // A decision that stands is not folded.
    await hub.decides(hub.socialWorker, first, { outcome: 'advice_and_signposting', thresholdLevel: 2 });
    const again = await worker.open(`/referrals/${first}/decisions`);
    expect(again.headings()).toContain('Advice and signposting, level 2');
  });
});

it('a screener who takes back what they sent on is told which referral they were given by the same press', async () => {
  const first = await hub.submit(aFracturedToddler());
  const second = await hub.submit(aRoutineAmber());
  const screener = await console.visitedBy(hub.screener, '/queue');
  await screener.press('Take the next one');
  await screener.press('Confirm red and send to social workers, take the next');
  const page = await screener.press('Take it back');
  expect([page.path, ALSO.exec(page.text)?.[1]]).toEqual([`/referrals/${first}`, second]);
});
