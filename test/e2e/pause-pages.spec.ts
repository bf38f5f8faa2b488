import { randomUUID } from 'node:crypto';
import { DEFAULT_POLICY, SIGN_OFF_REASONS } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import {
  aBruisedBaby,
  aCoachMessagingChildren,
  aFracturedToddler,
  anExpectantMother,
  aRoutineAmber,
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

const NOTHING = 'No further action';
const child = (more: object) => ({ firstName: 'Ann', lastName: 'Vale', dateOfBirth: '2015-04-03', ...more });

/** What the page to stop at says, each reason with what it is in this referral. */
/** @param asked answers to what the form asks for before that page, if anything */
async function stopsAt(reference: string, outcome: string, more = {}, asked: object | null = null) {
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/decision`);
  const first = await manager.press('Check your answers', aDecision(outcome, more));
  const pause = asked === null ? first : await manager.press('Check your answers', { ...asked });
  expect(pause.heading).toBe('Stop and read before you decide this');
  return pause;
}

describe('the page to stop at says what in this referral makes it stop, before the rule:', () => {
  it('which child is under one, and which is not', async () => {
    const reference = await hub.submit(
      aCoachMessagingChildren({
        children: [
          child({}),
          child({ firstName: 'Ben', dateOfBirth: '2026-01-02' }),
          { firstName: 'Cas', estimatedAge: 0 },
          { description: 'A baby', expectedDateOfBirth: '2027-02-01' },
        ],
      }),
    );
    const [reason] = (await stopsAt(reference, NOTHING)).wordsOfEach('main li');
    expect(reason).toBe(
      'Ben Vale was 10 months old when the referral came, born 2 January 2026 ' +
        'Cas is under 1, as the sender estimates ' +
        'A baby is unborn, expected 1 February 2027 ' +
        'The hub’s rule: A child under one or unborn',
    );
  });

  it('which child was referred before, in which referral, and how that ended; and how many there are', async () => {
    const [ann, ben] = [child({ nhsNumber: '9990000018' }), child({ firstName: 'Ben', dateOfBirth: '2013-01-02' })];
    const first = await hub.submit(aCoachMessagingChildren({ children: [ann] }));
    await hub.decides(hub.socialWorker, first, { outcome: 'early_help', thresholdLevel: 2 });
    await hub.moveBy({ minutes: 10 });
    const second = await hub.submit(aCoachMessagingChildren({ children: [ben, child({ firstName: 'Dee' })] }));
    await hub.moveBy({ minutes: 10 });
    const third = await hub.submit(aCoachMessagingChildren({ children: [ben, child({ firstName: 'Cas' }), ann] }));
    // The job that links them has not been done yet: the page says them all the same.
    const pause = await stopsAt(third, 'Advice and signposting');
    expect(pause.wordsOfEach('main li')).toEqual([
      `Ben Vale was referred before: ${second}, received 10:10am today. Waiting for a decision. ` +
        `Ann Vale was referred before: ${first}, received 10am today. Decided: Early help, 10am today. ` +
        'The hub’s rule: A re-referral within 12 months',
      'With this one, there are 3 referrals in twelve months The hub’s rule: A third contact within 12 months',
    ]);
    expect(pause.link(first)).toBe(`/referrals/${first}/decisions`);
  });

  it('why the referral is red, by the rules, by a person, or before one manager alone lowered it; and what was chosen', async () => {
    const rule =
      'The hub’s rule: A red, or a referral that one manager alone lowered from red, ends at early help or less';
    const chosen = 'You chose “Early help” and “Level 2: Early help”';
    const reference = await hub.submit(aFracturedToddler());
    const [suggested] = (await stopsAt(reference, 'Early help')).wordsOfEach('main li');
    expect(suggested).toMatch(/^It is rated red: /);
    expect(suggested).toContain(`${chosen} ${rule}`);
    await hub.rates(hub.screener, reference, 'red', 'The ward rang.');
    const [given] = (await stopsAt(reference, 'Early help')).wordsOfEach('main li');
    expect(given).toBe(`Sam Screener rated it red, 10am today: The ward rang. ${chosen} ${rule}`);
    await hub.rates(hub.manager, reference, 'amber', 'It has been explained.');
    const [lowered] = (await stopsAt(reference, 'Early help')).wordsOfEach('main li');
    expect(lowered).toBe(
      `Mel Manager lowered the rating from red to amber, 10am today: It has been explained. ${chosen} ${rule}`,
    );
  });

  it('who says that a child is in danger now', async () => {
    const reference = await hub.submit(aRoutineAmber({ immediateDanger: true, children: [child({})] }));
    const { agency } = await hub.read(reference);
    const reasons = (await stopsAt(reference, 'Early help')).wordsOfEach('main li');
    expect(reasons).toContain(
      `The sender, ${agency}, says that a child is in danger now: Ann Vale ` +
        'You chose “Early help” and “Level 2: Early help” ' +
        'The hub’s rule: A child is in danger now, and the referral ends at early help or less',
    );
  });

  it('of every reason that a policy may name', async () => {
    await hub.publish.execute({
      version: { kind: 'policy', policy: { ...DEFAULT_POLICY, pauseWhen: SIGN_OFF_REASONS } },
      reason: 'Every reason is one to stop at',
      effectiveFrom: null,
      seen: 1,
      formId: randomUUID(),
      by: hub.manager,
    });
    const refused = anExpectantMother();
    const reference = await hub.submit({ ...refused, agreement: { status: 'refused' } });
    const { agency } = await hub.read(reference);
    await hub.rates(hub.screener, reference, 'red', 'She is not safe at home.');
    await hub.rates(hub.manager, reference, 'amber', 'She has moved to her mother.');
    const why = { 'Why is there no strategy discussion?': 'Police and health see no harm.' };
    const atLevel4 = { 'Which level of need?': 'Level 4: Acute' };
    const reasons = (await stopsAt(reference, 'Child and family assessment', atLevel4, why)).wordsOfEach('main li');
    const chosen = 'You chose “Child and family assessment” and “Level 4: Acute”';
    expect(reasons).toEqual([
      'Mel Manager lowered the rating from red to amber, 10am today: She has moved to her mother. ' +
        'The hub’s rule: The rating was lowered',
      `${agency} wrote that the family refuses to work with services ${chosen} ` +
        "The hub’s rule: The family's refusal of agreement was overridden",
      `${chosen} The hub’s rule: Level 4 without a strategy discussion`,
    ]);
    const baby = await hub.submit(aBruisedBaby());
    const [nothing] = (await stopsAt(baby, NOTHING)).wordsOfEach('main li');
    expect(nothing).toMatch(/^You chose no further action for \w.* The hub’s rule: No further action$/);
  });
});
