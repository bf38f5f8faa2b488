import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import {
  aBruisedBaby,
  aCoachMessagingChildren,
  aFracturedToddler,
  aMotherInPsychosis,
  aPoorAttender,
} from '../support/referrals.ts';
import { SCENARIOS } from '../support/scenarios.ts';

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

const WAITING = 'Waiting for a decision';

describe('the page of a person’s own work', () => {
  const figures = [WAITING, 'Not allocated', 'Waiting for sign-off', 'Alerts in the hub not acknowledged'] as const;

  it('begins with what the person holds, what is not allocated, and what is not acknowledged', async () => {
    const visitor = await console.visitedBy(hub.screener, '/your-work');
    const hubNow = () => figures.map((key) => parseInt(visitor.page.fact(key), 10));
    expect(visitor.page.text).toContain('You have no referrals.');
    expect(hubNow()).toEqual([0, 0, 0, 0]);

    const mine = await hub.submit(aPoorAttender());
    await hub.claims(hub.screener, mine);
    await hub.moveTo('2026-11-23T10:10');
    const longest = await hub.submit(aMotherInPsychosis());
    await hub.moveTo('2026-11-23T10:20');
    const red = await hub.submit(aFracturedToddler());
    await hub.moveTo('2026-11-23T10:51');
    await hub.fireDue.execute();
    const home = await visitor.open('/your-work');
    expect(hubNow()).toEqual([3, 2, 0, 1]);
    const childOf = async (reference: string) => (await hub.read(reference)).children[0]!;
    const [{ firstName: held }, { firstName: oldest }] = [await childOf(mine), await childOf(longest)];
    expect(home.under('To do')).toContain(held);
    expect(home.under('To do')).not.toContain(oldest);
    expect(home.under('Oldest referral not allocated')).toContain(oldest);
    expect(home.under('Oldest referral not allocated')).toContain('10:10am today');

    await visitor.open('/alerts');
    await visitor.press(`Acknowledge the alerts of ${red}`);
    await visitor.open('/your-work');
    expect(hubNow()).toEqual([3, 2, 0, 0]);
  });
});

describe('the queue', () => {
  it('says of a decided referral what was decided, and by whom', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.manager, reference, { outcome: 'early_help' });
    const visitor = await console.visitedBy(hub.manager, '/queue?view=decided');
    const [row] = visitor.page.rowsOf('Decided');
    expect(row).toEqual(expect.arrayContaining([expect.stringContaining(reference), 'Early help, Mel Manager']));
  });

  it.each([
    ['/queue', true],
    ['/queue?view=unclaimed', true],
    ['/queue?view=mine', false],
    ['/queue?view=waiting&rating=red', false],
    ['/your-work', false],
  ])('tells of new referrals only on pages that would show them: %s, %s', async (path, isTold) => {
    const { page } = await console.visitedBy(hub.manager, path);
    expect([page.path, page.attributes('data-live').length]).toEqual([path, 1]);
    expect(page.attributes('data-shows-new')).toHaveLength(isTold ? 1 : 0);
  });

  it('counts on each tab the referrals that the tab leads to', async () => {
    for (const referral of [aBruisedBaby(), aPoorAttender(), aPoorAttender()]) await hub.submit(referral);
    await hub.claims(hub.screener, await hub.submit(aPoorAttender()));
    const visitor = await console.visitedBy(hub.manager, '/queue?view=waiting&rating=red');
    const filtered = visitor.page;
    for (const tab of ['Not allocated (1)', 'Waiting for a decision (1)']) {
      const [caption, count] = /^(.*) \((\d+)\)$/.exec(tab)!.slice(1);
      const page = await visitor.open(filtered.link(tab));
      expect(page.rowsOf(caption!)).toHaveLength(Number(count));
    }
  });

  it('leads to what is left when everything of a page has gone', async () => {
    await hub.submit(aPoorAttender());
    const visitor = await console.visitedBy(hub.manager);
    const beyond = Buffer.from('1970-01-01T00:00:00Z 00000000-0000-7000-8000-000000000000').toString('base64url');
    const page = await visitor.open(`/queue?sort=newest&after=${beyond}`);
    expect([page.path, page.rowsOf(WAITING).length]).toEqual(['/queue?view=waiting&sort=newest', 1]);
  });

  it('fits fifty referrals into 120 kB, for people on a slow line, and lets a manager choose all of them', async () => {
    for (let count = 0; count < 60; count++) await hub.submit(SCENARIOS[count % 40]!.body);
    const visitor = await console.visitedBy(hub.manager);
    expect(visitor.page.rowsOf(WAITING)).toHaveLength(50);
    expect(Buffer.byteLength(visitor.page.html)).toBeLessThan(120_000);
    const all = await visitor.click('Choose all 50 on this page');
    expect(all.text).toContain('All 50 on this page are chosen.');
    const chosen = all.sendingBy('Assign the chosen ones').pairs.filter(([name]) => name === 'references');
    expect(chosen).toHaveLength(50);
  });

  it('shows a manager who assigns a referral its child, its rating and its holder', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.claims(hub.screener, reference);
    const visitor = await console.visitedBy(hub.manager);
    const page = await visitor.press('Assign the chosen ones', { [`Choose ${reference}`]: true });
    expect([page.heading, page.text]).toEqual([
      `Assign ${reference}`,
      expect.stringMatching(new RegExp(`Elodie Marsden-Pyke.* Red \\?suggested ${reference}, with Sam Screener`)),
    ]);
  });
});

describe('the page of a referral', () => {
  it('shows the note of its last holder to the next person, until it is decided', async () => {
    const note = 'The school rings back at 2.';
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.claims(hub.screener, reference);
    await hub.givesBack(hub.screener, reference, note);
    const visitor = await console.visitedBy(hub.manager, `/referrals/${reference}`);
    expect(visitor.page.text).toMatch(/Sam Screener, [^:]* today: The school rings back at 2\./);
    await hub.decides(hub.manager, reference, { outcome: 'early_help' });
    const decided = await visitor.open(`/referrals/${reference}`);
    expect(decided.headings()).toContain('Decision');
    expect(decided.text).not.toContain(note);
  });

  it('shows a returned decision as one, with why, and the clock that is due first above the others', async () => {
    const reference = await hub.submit(aPoorAttender());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.returns(hub.manager, reference, 'Ask the school first.');
    const { page } = await console.visitedBy(hub.screener, `/referrals/${reference}`);
    expect(page.text).toMatch(/Returned by Mel Manager, .*: Ask the school first\./);
    expect(page.headings()).toContain('Decision that was returned');
    expect(page.text).toContain('Returned: to be decided again');
    expect(page.under('Clocks')).toMatch(/Statutory limit of one working day:.*Decision \(green\):/);
  });
});
