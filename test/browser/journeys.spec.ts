import { ByKeyboard } from '../support/by-keyboard.ts';
import { ConsoleInBrowser } from '../support/console-in-browser.ts';
import type { Hub } from '../support/hub.ts';
import { aBruisedBaby, aSelfHarmingTeenager } from '../support/referrals.ts';

let console: ConsoleInBrowser;
let hub: Hub;
let url: string;

beforeAll(async () => {
  console = await ConsoleInBrowser.start();
  ({ hub, url } = console);
});
beforeEach(() => console.reset());
afterAll(() => console?.stop());

/** A person who is signed in, with a keyboard, on pages that run no script. */
async function person(name: string, path?: string): Promise<ByKeyboard> {
  const { page, troubles } = await console.open({ javaScriptEnabled: false });
  await console.signInAs(page, name, path);
  const person = new ByKeyboard(page, url, troubles);
  await person.look();
  return person;
}

const came = (agency: string, who: string) => ({
  [`${agency}: who came`]: who,
  [`${agency}: did they agree?`]: 'Agreed',
});

it('a red baby whom a school and a hospital refer on one day has one strategy discussion, and the police answer late', async () => {
  const { partner } = await hub.anAgency('Loomgate Police');
  const hospital = await hub.anAgency('Loomgate Hospital');
  const first = await hub.submit(aBruisedBaby());
  await hub.moveTo('2026-11-23T10:10');
  const atHospital = aBruisedBaby({ senderReference: 'ED-1', summary: 'Seen in the emergency department.' });
  const second = await hub.submit(atHospital, hospital.agencyId);
  await hub.linkEarlier(second);

  const worker = await person('Sol Worker');
  // The one that is due first.
  await worker.press(/Marsden-Pyke/);
  await worker.press(second);
  await worker.press(`Same incident as ${first}`);
  expect(await worker.reads()).toContain(`${second} and ${first} report one incident now.`);
  await worker.press('Ask agencies');
  await worker.press('Ask them', {
    'Loomgate Police': true,
    'Elodie Marsden-Pyke': true,
    'What do you need to know?': 'Reports at the address.',
    'Why do you need it now?': 'A strategy discussion follows.',
    'Under which power?': 'Section 47(9), Children Act 1989: help with enquiries about significant harm',
  });
  await worker.press(second);

  await hub.moveTo('2026-11-23T12:20');
  await worker.press('Decide');
  expect(await worker.reads()).toContain('Other referrals: 1, 1 open');
  await worker.press('Check your answers', {
    'What is to happen?': 'Strategy discussion',
    'Which level of need?': 'Level 4: Acute',
    'For which children is this decision?': 'The same for all children',
    'What is the primary need?': 'Abuse, neglect or exploitation, domestic abuse included',
    Rationale: 'A bruise on a baby who does not move yet.',
    [`${first}, red, received 10am today. You confirm red`]: true,
  });
  await worker.press('Record the decision');
  expect(await worker.reads()).toContain(`Decided with it: ${first}.`);

  // A child under one: another person signs each of the two off. The one that the other was decided with comes first,
  // and the other then follows its discussion.
  const manager = await person('Mel Manager');
  await manager.press(/^Sign-off 2/);
  await manager.tabTo(/Marsden-Pyke/);
  await manager.press(/Marsden-Pyke/);
  expect(await manager.reads()).toContain(`${second} from Loomgate Hospital`);
  await manager.press('Sign off, show the next');
  expect(await manager.reads()).toContain(`${first} from Loomgate School`);
  await manager.press('Sign off, show the next');
  expect(await manager.reads()).toContain('Nothing else waits for your sign-off.');

  await worker.press('Summary');
  const decided = await worker.reads();
  expect(decided).toContain('Decided without it.');
  expect(decided).toContain('Strategy discussion Not yet held.');
  await worker.press(first);
  expect(await worker.reads()).toContain(`${first} from Loomgate School`);
  expect(await worker.reads()).not.toContain('Not yet held.');
  await manager.enter('More');
  await manager.press('Overview');
  await manager.press('Discussions');
  const waiting = await manager.reads();
  expect([waiting.includes(second), waiting.includes(first)]).toEqual([true, false]);

  const police = await person(partner.name, '/requests');
  await police.press(/Marsden-Pyke/);
  expect(await police.reads()).toContain('Reports at the address.');
  expect(await police.reads()).not.toContain('decided');
  await police.press('Send the answer', {
    'What is known?': 'Known',
    'What is known, or why it is refused': 'One report in May.',
    'How may the answer be handled?': 'For the service that takes the child, not for the family',
  });
  await hub.fireDue.execute();
  await worker.press(/^Alerts/);
  await worker.press(`${second}: An agency answered after the decision, or added to it`);
  await worker.press('Loomgate Police');
  await worker.press('I have read it', { 'What follows from the late answer?': 'It is taken to the discussion.' });
  expect(await worker.reads()).toContain('It is taken to the discussion.');

  await worker.press(`Agencies of ${second}`);
  await worker.press(second);
  await worker.press('Call it, or record how it went');
  await worker.press('Record how it went', {
    'Was it held?': 'Yes',
    Day: '2026-11-23',
    Time: '12:20',
    ...came('Social care', 'Sol Worker, social worker'),
    ...came('Police', 'Al Reed, detective sergeant'),
    ...came('Health', 'Ed Kay, paediatrician'),
    'What did it come to?': 'Section 47 enquiries by social care and the police together',
    'What was said, in short': 'The bruise has no explanation.',
  });
  expect(await worker.reads()).toContain('How the strategy discussion went is recorded.');
  expect(await worker.reads()).toContain('Child protection conference');
  expect([...worker.faults, ...manager.faults, ...police.faults]).toEqual([]);
});

it('a teenager at the edge of care has a first response in time, and stays at home', async () => {
  const reference = await hub.submit(aSelfHarmingTeenager());
  const worker = await person('Sol Worker');
  await worker.press(/Valderrama/);
  await worker.press('Decide');
  await worker.press('Check your answers', {
    'What is to happen?': 'Edge of care',
    'Which level of need?': 'Level 3: Targeted',
    'What is the primary need?': 'Family dysfunction',
    Rationale: 'Her parents say that they cannot keep her safe at home.',
  });
  await worker.press('Record the decision');
  expect(await worker.reads()).toContain(`Your decision on ${reference} is recorded and in effect.`);
  expect(await worker.reads()).toContain('First response due 10am tomorrow, 1 day left');

  await worker.press('Record this');
  await worker.enter('Select who might come into care');
  // The fault leads to its field.
  await worker.page.locator('input:focus').waitFor();
  expect((await worker.focused()).name).toBe('Esme Valderrama');
  await worker.press('Record this', {
    'Esme Valderrama': true,
    'Why might they come into care?': 'Her mother says that she cannot go on.',
    'By when?': '2026-12-14',
    'What has the family network been asked, and what does it offer?': 'An aunt takes her at weekends.',
    'What does the child want?': 'To stay with her mother.',
  });
  const plan = await worker.reads();
  for (const words of [
    'Who might come into care Esme Valderrama',
    'By when 14 December 2026',
    'An aunt takes her at weekends.',
    'To stay with her mother.',
    'Said by Sol Worker, 10am today',
  ])
    expect(plan).toContain(words);

  await hub.moveTo('2026-11-24T09:30');
  await worker.press('Record what happened', {
    'What happened, or is planned?': 'First response to the family',
    'On which day?': '2026-11-24',
    'At what time?': '9:20am',
    'Who of the service, by name': 'Ed Edge',
    'More about it': 'Ed Edge was at their home.',
  });
  const responded = await worker.reads();
  expect(responded).toContain('First response to the family 24 November 2026');
  expect(responded).not.toContain('First response due');
  await worker.press(reference);
  expect(await worker.reads()).toContain('by Ed Edge, 9:20am today');

  await hub.moveTo('2027-02-01T10:00');
  await worker.press('Edge of care: who, why, and what happened');
  await worker.press('Record what happened', {
    'What happened, or is planned?': 'Ended: the child stayed at home',
    'On which day?': '2027-02-01',
  });
  expect(await worker.reads()).toContain('Ended: the child stayed at home 1 February 2027');
  expect(await worker.reads()).toContain('Look again how the child is on 1 May 2027 and on 1 August 2027.');
  expect(worker.faults).toEqual([]);
});

it('the advice that a caller was given becomes a referral, and says which one came', async () => {
  const screener = await person('Sam Screener');
  await screener.press('Take a call');
  await screener.press('Record advice given');
  await screener.press('Record it', {
    'For which agency?': 'Loomgate School',
    'Name of the caller': 'Ms Bell',
    Role: 'Teacher',
    'Child 1: First name': 'Agnès',
    'Child 1: Last name': 'Thornbury',
    'Date of birth: Day': '27',
    'Date of birth: Month': '3',
    'Date of birth: Year': '2019',
    'What was asked?': 'He says that he sleeps on the stairs. Should I refer him?',
    'What did you advise?': 'Yes: today.',
    'What did it come to?': 'Referral advised',
  });
  expect(await screener.reads()).toContain('About: Agnès Thornbury, born 27 March 2019');

  await screener.press('Search');
  await screener.press('Search', { 'Who do you look for?': 'agnes thornbury' });
  expect(await screener.reads()).toContain('Advice given about a child who matches');
  await screener.press('Agnès Thornbury, born 27 March 2019');
  expect(await screener.reads()).toContain('A referral is expected by');
  await screener.press('Record a referral from this');
  await screener.tabTo('First name');
  expect((await screener.focused()).value).toBe('Agnès');
  await screener.tabTo('Name of the caller', 'Shift+Tab');
  expect((await screener.focused()).value).toBe('Ms Bell');
  // What was not said is not answered.
  expect(await screener.page.locator('input:checked').count()).toBe(0);
  await screener.press('Receive this referral', {
    'Is a child in danger now?': 'No',
    'How did it come?': 'By telephone',
    Neglect: true,
    'How does the caller know?': 'First-hand',
    'Do the parents know of this referral?': 'No',
    'If not, why not?': 'Other',
    'Has the family agreed?': 'Not sought',
  });
  const reference = /\/referrals\/(MASH-\S{4}-\S{4})$/.exec(screener.page.url())?.[1];
  expect(await screener.reads()).toContain('This is the referral that came of it.');
  await screener.press('Referral advised');
  const advice = await screener.reads();
  expect(advice).toContain(`The referral ${reference} came of it.`);
  expect(advice).not.toContain('Record a referral from this');
  expect(screener.faults).toEqual([]);
});
