import { ReadFigure } from '#oversight';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aCoachMessagingChildren, aPoorAttender } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { entriesOf } from '../support/verbs/record.ts';
import type { Visitor } from '../support/visitor.ts';

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

/** Each figure by its title: that of the person and that of the hub. */
function figuresOn({ page }: Visitor): Record<string, readonly (string | undefined)[]> {
  const rows = page.rowsOf('Your figures and those of the hub');
  const titles = page.wordsOfEach('tbody th').map((head) => head.split(/ (?=Those|Of )/)[0]!);
  return Object.fromEntries(rows.map(([, own, whole], at) => [titles[at]!, [own, whole]]));
}

/** Sol decides one in time and one late; Mel decides one in time; one is undecided and late. */
async function aWeek(): Promise<void> {
  const [first, second, third] = [
    await hub.submit(aPoorAttender()),
    await hub.submit(aPoorAttender()),
    await hub.submit(aPoorAttender()),
  ];
  await hub.submit(aPoorAttender());
  await hub.moveBy({ minutes: 60 });
  await hub.decides(hub.socialWorker, first);
  await hub.decides(hub.manager, second);
  await hub.moveTo('2026-11-27T10:00');
  await hub.decides(hub.socialWorker, third);
}

describe('a person’s own figures', () => {
  it('are those of the referrals that the person decided, beside those of the whole hub and of no other person', async () => {
    await aWeek();
    const visitor = await console.visitedBy(hub.socialWorker, '/oversight/own');
    expect(visitor.page.status).toBe(200);
    expect(figuresOn(visitor)).toMatchObject({
      'Decided within one working day': ['1 of 2 referrals (50%)', '2 of 4 referrals (50%)'],
      'Decided within the limit of its rating': ['1 of 2 referrals (50%)', '2 of 4 referrals (50%)'],
      'Time to decision': [
        'Half within 1 h, nine in ten within 4 working days 3 h, by opening hours',
        'Half within 1 h, nine in ten not reached, by opening hours',
      ],
      'Late decisions without a reason': ['1 of 1 referral (100%)', '1 of 1 referral (100%)'],
      'Decisions that were taken back': ['0 of 2 decisions (0%)', '0 of 3 decisions (0%)'],
    });
    expect(visitor.page.text).not.toContain('Mel Manager');
  });

  it('keep a decision that was returned or taken back with the person who made it', async () => {
    const [returned, takenBack] = [await hub.submit(aBruisedBaby()), await hub.submit(aCoachMessagingChildren())];
    await hub.decides(hub.socialWorker, returned, { outcome: 'no_further_action', thresholdLevel: 1 });
    await hub.returns(hub.manager, returned, 'Look again.');
    await hub.decides(hub.otherManager, returned);
    await hub.decides(hub.socialWorker, takenBack);
    await hub.takesBack(hub.socialWorker, takenBack);
    const visitor = await console.visitedBy(hub.socialWorker, '/oversight/own');
    expect(figuresOn(visitor)).toMatchObject({
      'Decided within one working day': ['None', 'None'],
      // The one who decided after them needs sign-off, too.
      'Decisions that were returned at sign-off': ['1 of 1 decision (100%)', '1 of 2 decisions (50%)'],
      'Decisions that were taken back': ['1 of 2 decisions (50%)', '1 of 3 decisions (33.3%)'],
    });
  });

  it('are those of the last three months', async () => {
    await hub.decides(hub.socialWorker, await hub.submit(aPoorAttender()));
    await hub.moveTo('2027-02-23T12:00');
    const visitor = await console.visitedBy(hub.socialWorker, '/oversight/own');
    expect(visitor.page.text).toContain('from 23 November 2026 to 23 February 2027');
    expect(figuresOn(visitor)['Decided within one working day']).toEqual([
      '1 of 1 referral (100%)',
      '1 of 1 referral (100%)',
    ]);
    await hub.moveTo('2027-02-24T12:00');
    await visitor.open('/oversight/own');
    expect(visitor.page.text).toContain('You have decided none of these referrals.');
    expect(figuresOn(visitor)['Decided within one working day']).toEqual(['None', 'None']);
  });

  it('are there for all who work on referrals, under More, and not for an auditor', async () => {
    for (const person of [hub.screener, hub.socialWorker, hub.manager]) {
      const visitor = await console.visitedBy(person, '/preferences');
      await visitor.open(visitor.page.attributes('href').find((href) => href === '/oversight/own')!);
      expect([visitor.page.status, visitor.page.heading]).toEqual([200, 'Your figures']);
    }
    expect((await (await console.visitedBy(hub.auditor)).get('/oversight/own')).status).toBe(404);
    expect((await entriesOf(hub.database, 'oversight.read')).map(({ details }) => details['page'])).toEqual([
      'own',
      'own',
      'own',
    ]);
  });
});

describe('the figures of a team', () => {
  it('name the people whom the reader manages, by the alphabet, with what chance explains', async () => {
    await hub.isCalled(hub.screener, 'Zoe Before');
    await aWeek();
    const head = await hub.another('head_of_service');
    const visitor = await console.visitedBy(head, '/workload');
    await visitor.click('Figures of your team');
    const rows = visitor.page.rowsOf('Figures of each person').map(([name, inADay]) => [name, inADay]);
    expect(rows).toEqual([
      ['Mel Manager', '1 of 1 referral (100%)'],
      ['Sol Worker', '1 of 2 referrals (50%)'],
      ['The hub', '2 of 4 referrals (50%)'],
    ]);
    expect(visitor.page.text).toContain('Few decisions say little');
    expect(visitor.page.headings()).toContain('None of 2 people lies outside what chance explains');
    expect((await entriesOf(hub.database, 'oversight.read')).at(-1)!.details).toMatchObject({ page: 'team', named: 2 });
  });

  it('of a practice manager leave out other managers, on the page and in the file', async () => {
    await aWeek();
    const visitor = await console.visitedBy(hub.manager, '/oversight/team');
    expect(visitor.page.rowsOf('Figures of each person').map(([name]) => name)).toEqual(['Sol Worker', 'The hub']);
    const period = { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2026-12-01') };
    const address = { period, asOf: null, by: 'decider' };
    const { lines } = await hub.whole.get(ReadFigure).execute('decided-in-target', address, 'figure', hub.manager);
    expect(lines.map(({ label, denominator }) => [label, denominator])).toEqual([
      ['Sol Worker', 2],
      ['all', 4],
    ]);
  });

  it('do not exist for an auditor or a worker', async () => {
    for (const person of [hub.auditor, hub.screener, hub.socialWorker]) {
      expect((await (await console.visitedBy(person)).get('/oversight/team')).status).toBe(404);
    }
  });

  it('say so when no person whom the reader manages has decided anything', async () => {
    const { page } = await console.visitedBy(hub.manager, '/oversight/team');
    expect([page.status, page.text.includes('No person whom you manage has decided any of these referrals.')]).toEqual([
      200,
      true,
    ]);
  });
});
