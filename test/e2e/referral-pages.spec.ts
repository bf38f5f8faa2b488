import { tabsOf } from '../../apps/console/src/pages/referral/referral-tabs.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, decide } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import {
  aBruisedBaby,
  aCoachMessagingChildren,
  aMotherInPsychosis,
  aPoorAttender,
  aRoutineAmber,
  aSelfHarmingTeenager,
  aStrangulation,
} from '../support/referrals.ts';

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

describe('a referral', () => {
  it('says the risk to staff and what the family must not be told on each of its pages and beside its forms', async () => {
    const reference = await hub.submit({
      ...aBruisedBaby(),
      staffSafety: 'The dog in the yard bites.',
      withholdFromFamily: `The neighbour rang. ${'She is afraid of them. '.repeat(20)}`.trim(),
    });
    const worker = await console.visitedBy(hub.socialWorker);
    await worker.press('Take the next one');
    for (const path of ['', '/timeline', '/decisions', '/alerts', '/decision', '/rating', '/print']) {
      const { text } = await worker.open(`/referrals/${reference}${path}`);
      expect([path, text]).toEqual([
        path,
        expect.stringContaining('Risk to staff who visit: The dog in the yard bites.'),
      ]);
      expect([path, text]).toEqual([path, expect.stringContaining('The family must not be told: The neighbour rang.')]);
      // Once, in full: not a second time far below.
      expect([path, text.split('The dog in the yard').length]).toEqual([path, 2]);
    }
  });

  it('says on each of its tabs, and on the sheet, who it is about: name, age, date of birth and numbers', async () => {
    const reference = await hub.submit(aBruisedBaby({ child: { upn: 'A801111111112' } }));
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    const tabs = tabsOf(reference, 'summary').items;
    expect(worker.page.wordsOfEach('.moj-sub-navigation__link')).toEqual(tabs.map(({ text }) => text));
    for (const { href, text } of tabs) {
      const [who] = (await worker.open(href)).wordsOfEach('[aria-label="Who it is about"]');
      for (const said of ['Elodie Marsden-Pyke', '10 weeks', '14 September 2026', '9990491321', 'A801111111112'])
        expect([text, who]).toEqual([text, expect.stringContaining(said)]);
    }
  });

  it('goes from the queue to a decision that is signed off and timed', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const worker = await console.visitedBy(hub.socialWorker);
    expect(worker.page.link('Elodie Marsden-Pyke')).toBe(`/referrals/${reference}`);
    expect((await worker.press('Take the next one')).path).toBe(`/referrals/${reference}/decision`);
    const page = await worker.open(`/referrals/${reference}`);
    for (const shown of [
      'Injury to a child who is not yet mobile',
      'With you',
      'thumb pad',
      'Bernadette Owusu-Lacey',
      '9990491321',
      'Teddy',
      'Kieran Pyke',
      'Same-day medical; strategy discussion',
    ]) {
      expect(page.text).toContain(shown);
    }

    const clocks = (await worker.open(`/referrals/${reference}/timeline`)).text;
    expect(clocks).toContain('4 hours after receipt at the latest (policy version 1, calendar version 1)');
    await worker.open(`/referrals/${reference}/decision`);
    const empty = await worker.press('Check your answers');
    expect([empty.status, empty.title]).toEqual([422, 'Error: Decide – MASH triage – Loomshire Council']);
    expect(empty.errors()).toEqual([
      'Select what is to happen',
      'Select the level of need',
      expect.stringContaining('Give your rationale'),
    ]);
    expect(empty.field('What is to happen?')).toMatchObject({ error: 'Select what is to happen', chosen: null });
    expect(empty.field('Which level of need?').chosen).toBeNull();

    const check = await worker.press('Check your answers', {
      'What is to happen?': 'Strategy discussion',
      'Which level of need?': 'Level 4: Acute',
      'For which children is this decision?': 'The same for all children',
      'What is the primary need?': 'Abuse, neglect or exploitation, domestic abuse included',
      Rationale: 'Unexplained bruising in a baby who cannot move about.',
    });
    expect([check.path, check.heading]).toEqual([`/referrals/${reference}/decision/check`, 'Check your answers']);
    expect(check.text).toContain('Another person will have to sign it off because');
    expect(check.fact('Rationale')).toBe('Unexplained bruising in a baby who cannot move about.');
    const recorded = await worker.press('Record the decision');
    expect(recorded.notices()[0]).toContain('It takes effect when another person signs it off');
    expect(recorded.under('Decision')).toContain('A child under one or unborn');
    expect((await worker.open(`/referrals/${reference}/sign-off`)).status).toBe(404);

    const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/sign-off`);
    const silent = await manager.press('Return it to be decided again', {});
    expect(silent.errors()).toEqual(['Say why you return it']);
    const done = await manager.press('Sign off, show the next');
    expect(done.headings()).toContain('Response time: on time, statutory limit kept');
  });

  it('R3: tells the second of two deciders what the first decided, and keeps the words of the second', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const first = await console.visitedBy(hub.manager);
    const second = await console.visitedBy(hub.otherManager, `/referrals/${reference}/decision`);
    await second.press(
      'Check your answers',
      aDecision('Early help', { Rationale: 'My own words about <b>this</b> child.' }),
    );
    await decide(first, reference, aDecision());
    const told = await second.press('Record the decision');
    expect([told.status, told.heading]).toEqual([409, 'This referral has been decided']);
    expect(told.under('What others did')).toContain('Mel Manager: Decided (Early help)');
    expect(told.under('What others did')).toContain('Early help, agreed with the school.');
    expect(told.fact('Rationale')).toBe('My own words about <b>this</b> child.');
  });

  it('tells a decider what changed before the answers were complete, although the form was sent once before', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const decider = await console.visitedBy(hub.manager, `/referrals/${reference}/decision`);
    const other = await console.visitedBy(hub.otherManager, `/referrals/${reference}/rating`);
    await other.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'He is with children now.' });
    const incomplete = await decider.press('Check your answers', { 'What is to happen?': 'Early help' });
    expect(incomplete.status).toBe(422);
    const rationale = 'Written before the rating was raised.';
    const told = await decider.press('Check your answers', aDecision('Early help', { Rationale: rationale }));
    expect([told.status, told.heading]).toEqual([409, 'This referral changed while you were writing']);
    expect(told.under('What others did')).toContain('Max Manager: Rated it (Amber to red)');
    expect((await decider.press('Check my answers again')).heading).toBe('Stop and read before you decide this');
    expect((await decider.press('I have read this: continue')).heading).toBe('Check your answers');
    expect((await decider.press('Record the decision')).notices()[0]).toContain('is recorded');
  });

  it('shows a text as it was written when it looks like a date', async () => {
    const reference = await hub.submit(aPoorAttender({ senderReference: '2026-45-12' }));
    const { page } = await console.visitedBy(hub.screener, `/referrals/${reference}`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('2026-45-12')]);
  });

  it('Z5: lets a screener raise a rating, and neither lower a rating nor decide', async () => {
    const reference = await hub.submit(aSelfHarmingTeenager());
    const visitor = await console.visitedBy(hub.screener, `/referrals/${reference}/rating`);
    expect(visitor.page.text).toContain('Only a manager can lower a rating');
    const raised = await visitor.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'She has a plan.' });
    expect([raised.status, raised.path]).toEqual([200, `/referrals/${reference}`]);
    const form = await visitor.open(`/referrals/${reference}/rating`);
    expect(form.field('How urgent is it?').choices).toEqual(['Red']);
    const { pairs, action } = form.sendingBy('Give this rating', {
      'How urgent is it?': 'Red',
      'Why?': 'Second thoughts.',
    });
    const asGreen = pairs.map(([name, value]) => [name, name === 'rating' ? 'green' : value] as const);
    const lowered = await visitor.send('POST', action, asGreen);
    expect([lowered.status, lowered.refusal]).toEqual([409, expect.stringContaining('Only a manager can lower')]);
    expect(lowered.field('Why?').value).toBe('Second thoughts.');
    expect((await visitor.open(`/referrals/${reference}/decision`)).status).toBe(404);
    const decision = [...pairs, ['outcome', 'early_help']] as const;
    expect((await visitor.send('POST', `/referrals/${reference}/decision`, decision)).status).toBe(404);
  });

  it('shows on the page of alerts since when it is overdue, and that an acknowledgement pauses its alerts', async () => {
    const reference = await hub.submit(aStrangulation());
    await hub.moveTo('2026-11-23T14:05');
    await hub.fireDue.execute();
    const visitor = await console.visitedBy(hub.manager, '/alerts');
    const row = (page = visitor.page, list = 'Other alerts') => page.rowsOf(`${list}, most urgent first`)[0]!;
    expect([row()[0], row()[2]]).toEqual([
      expect.stringMatching(new RegExp(`^Isaac Vale, .* ${reference}$`)),
      expect.stringContaining('was due 2pm today, overdue by 5 minutes'),
    ]);
    await visitor.press(`Acknowledge the alerts of ${reference}`);
    expect(row(await visitor.open('/alerts'))[5]).toBe('By Mel Manager, paused until 2:35pm today');
  });

  it('keeps a rationale that is longer than allowed, and says so', async () => {
    const reference = await hub.submit(aMotherInPsychosis());
    const visitor = await console.visitedBy(hub.manager, `/referrals/${reference}/decision`);
    const typed = 'ع'.repeat(40_000);
    const refused = await visitor.press('Check your answers', aDecision('Early help', { Rationale: typed }));
    expect([refused.status, refused.field('Rationale').value]).toEqual([422, typed]);
    expect(refused.errors()).toEqual([expect.stringContaining('20,000 characters or fewer')]);
    expect((await visitor.open('/referrals/%E0%A4%A')).status).toBe(400);
  });

  it.each(['/referrals/MASH-0000-0000', '/referrals/nonsense', '/nowhere'])('is not found at %s', async (path) => {
    const { page } = await console.visitedBy(hub.manager, path);
    expect([page.status, page.heading]).toEqual([404, 'Page not found']);
  });
});
