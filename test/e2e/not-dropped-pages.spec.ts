import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aCoachMessagingChildren, aFracturedToddler } from '../support/referrals.ts';

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

const decisionOf = (reference: string) => `/referrals/${reference}/decision`;
const ratingOf = (reference: string) => `/referrals/${reference}/rating`;

describe('the decision of a red to end at early help', () => {
  it('has a page to read, and waits for another person', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const manager = await console.visitedBy(hub.manager, decisionOf(reference));
    const pause = await manager.press('Check your answers', aDecision('Early help'));
    expect(pause.heading).toBe('Stop and read before you decide this');
    expect(pause.text).toContain('ends at early help or less');
    const check = await manager.press('I have read this: continue');
    expect(check.text).toContain('Another person will have to sign it off');
    const recorded = await manager.press('Record the decision');
    expect(recorded.notices()[0]).toContain('It takes effect when another person signs it off');
  });
});

describe('lowering a rating', () => {
  const lower = { 'How urgent is it?': 'Amber', 'Why?': 'The hospital has explained the fracture.' };

  it('shows the old and the new due time before it is done', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const manager = await console.visitedBy(hub.manager, ratingOf(reference));
    const asked = await manager.press('Give this rating', lower);
    expect([asked.status, asked.path]).toEqual([200, ratingOf(reference)]);
    expect(asked.refusal).toContain('It would go from red to amber. Nothing has been recorded yet.');
    expect(asked.refusal).toContain('due now: 2pm today');
    expect(asked.refusal).toContain('due then: 10am tomorrow');
    expect(asked.field('Why?').value).toBe(lower['Why?']);
    expect((await hub.read(reference)).rating).toBe('red');
    const done = await manager.press('Lower it to amber');
    expect([done.path, done.notices()[0]]).toEqual([`/referrals/${reference}`, `${reference} is rated amber.`]);
    expect((await hub.read(reference)).rating).toBe('amber');
  });

  it('asks again when another rating is chosen after that', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    await hub.rates(hub.screener, reference, 'red');
    await hub.rates(hub.otherManager, reference, 'amber');
    await hub.rates(hub.screener, reference, 'red');
    const manager = await console.visitedBy(hub.manager, ratingOf(reference));
    await manager.press('Give this rating', lower);
    const raised = await manager.press('Lower it to amber', { 'How urgent is it?': 'Red' });
    expect(raised.notices()[0]).toBe(`${reference} is rated red.`);
  });

  it('tells what others changed meanwhile, when the person had read the due times of before', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const manager = await console.visitedBy(hub.manager, ratingOf(reference));
    await manager.press('Give this rating', lower);
    await hub.rates(hub.screener, reference, 'red', 'The police know the family.');
    const told = await manager.press('Lower it to amber');
    expect([told.status, told.refusal]).toEqual([409, expect.stringContaining('Sam Screener: Rated it')]);
    expect((await hub.read(reference)).rating).toBe('red');
  });

  it('from red to green is offered to no manager alone, and refused to one who asks for it', async () => {
    const reference = await hub.submit(aFracturedToddler());
    const manager = await console.visitedBy(hub.manager, ratingOf(reference));
    expect(manager.page.field('How urgent is it?').choices).toEqual(['Red', 'Amber']);
    expect(manager.page.text).toContain('From red to green it takes two managers');
    const { pairs, action } = manager.page.sendingBy('Give this rating', lower);
    const asGreen = pairs.map(([name, value]) => [name, name === 'rating' ? 'green' : value] as const);
    const refused = await manager.send('POST', action, asGreen);
    expect([refused.status, refused.refusal]).toEqual([409, expect.stringContaining('takes two managers')]);
    await hub.rates(hub.manager, reference, 'amber');
    expect((await manager.open(ratingOf(reference))).field('How urgent is it?').choices).toEqual(['Red', 'Amber']);
    const other = await console.visitedBy(hub.otherManager, ratingOf(reference));
    expect(other.page.field('How urgent is it?').choices).toEqual(['Red', 'Amber', 'Green']);
    await other.press('Give this rating', { 'How urgent is it?': 'Green', 'Why?': 'I agree with Mel.' });
    await other.press('Lower it to green');
    expect((await hub.read(reference)).rating).toBe('green');
  });
});

describe('an outcome and a level that contradict each other', () => {
  const WHY = 'Why are this outcome and this level both right?';

  it('are asked about beside the level, and the answer is kept with the decision', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const manager = await console.visitedBy(hub.manager, decisionOf(reference));
    expect([manager.page.heading, manager.page.text.includes(WHY)]).toEqual(['Decide', false]);
    const answers = aDecision('Early help', { 'Which level of need?': 'Level 4: Acute' });
    const asked = await manager.press('Check your answers', answers);
    expect([asked.status, asked.errors()]).toEqual([
      ...[422, ['Say why this outcome and this level are both right, or change one']],
    ]);
    expect(asked.field(WHY).error).toContain('Say why');
    const blank = await manager.press('Check your answers', { [WHY]: ' ' });
    expect(blank.status).toBe(422);
    const check = await manager.press('Check your answers', { [WHY]: 'He is in hospital, and <b>they</b> help.' });
    expect(check.fact('Why both are right')).toBe('He is in hospital, and <b>they</b> help.');
    await manager.press('Record the decision');
    const page = await manager.open(`/referrals/${reference}`);
    expect(page.text).toContain('He is in hospital, and <b>they</b> help.');
  });
});

describe('the policy', () => {
  // Each version is read once by a process, and here each test has a version 2 of its own.
  beforeEach(() => console.restart());
  const change = (manager: Awaited<ReturnType<typeof console.visitedBy>>, names: Record<string, boolean>) => {
    const { pairs, action } = manager.page.sendingBy('Preview', { 'Why does this change?': 'We tried it' });
    const kept = pairs.filter(([name]) => names[name] !== false);
    const added = Object.keys(names).filter((name) => names[name]);
    return manager.send('POST', action, [...kept, ...added.map((name) => [name, 'yes'] as const)]);
  };

  it('shows the rules about decisions', async () => {
    const { page } = await console.visitedBy(hub.screener, '/policy');
    expect(page.text).toContain('A child is in danger now, and the referral ends at early help or less');
    expect(
      page.rowsOf('Outcomes and levels that contradict each other: the decider says why both are right'),
    ).toContainEqual(['No further action', '3, 4']);
  });

  it('previews which rules about decisions would change, and for how many referrals', async () => {
    await hub.submit(aCoachMessagingChildren());
    const waiting = await hub.submit(aCoachMessagingChildren());
    await hub.decides(hub.manager, waiting, { outcome: 'no_further_action', thresholdLevel: 1 });
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    const preview = await change(manager, {
      'signOff.rating_lowered': false,
      'pause.no_further_action': true,
      'contradicts.early_help.4': false,
      'contradicts.refer_to_lado.1': true,
    });
    expect(preview.status).toBe(200);
    for (const said of [
      'Sign-off is needed no longer: The rating was lowered',
      'A page to read comes first from then on: No further action',
      'The decider says why from then on: Refer to the LADO at level 1',
      'The decider says why no longer: Early help at level 4',
      'the next decision on each of the 1 open that wait for one now',
    ]) {
      expect(preview.text).toContain(said);
    }
    const same = await change(manager, {});
    expect(same.text).toContain('Nothing would change for sign-off');
  });

  it('cannot let one person end a red at early help or less', async () => {
    const manager = await console.visitedBy(hub.manager, '/policy/change');
    const wrong = await change(manager, {
      'signOff.red_ends_at_early_help_or_less': false,
      'pause.danger_ends_at_early_help_or_less': false,
    });
    expect([wrong.status, wrong.errors()]).toEqual([
      422,
      [
        'A red, or a child in danger now, that ends at early help or less always needs sign-off by another person',
        'A red, or a child in danger now, that ends at early help or less always needs the page to read first',
      ],
    ]);
  });
});
