import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { aBruisedBaby } from '../support/referrals.ts';
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

const came = (agency: string, who: string) => ({
  [`${agency}: who came`]: who,
  [`${agency}: did they agree?`]: 'Agreed',
});

it('a red baby whom two agencies refer on one day has one strategy discussion, and the police answer late', async () => {
  const { partner } = await hub.anAgency('Loomgate Police');
  const first = await hub.submit(aBruisedBaby());
  await hub.moveTo('2026-11-23T10:10');
  const second = await hub.submit(
    aBruisedBaby({ senderReference: 'ED-1', summary: 'Seen in the emergency department.' }),
  );
  await hub.linkEarlier(second);

  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${second}`);
  await worker.press(`Same incident as ${first}`);
  await worker.open(`/referrals/${second}/agencies`);
  await worker.press('Ask them', {
    'Loomgate Police': true,
    [(await hub.read(second)).children[0]!.firstName! + ' Marsden-Pyke']: true,
    'What do you need to know?': 'Reports at the address.',
    'Why do you need it now?': 'A strategy discussion follows.',
    'Under which power?': 'Section 47(9), Children Act 1989: help with enquiries about significant harm',
  });

  await hub.moveTo('2026-11-23T12:20');
  const form = await worker.open(`/referrals/${second}/decision`);
  expect(form.text).toContain(`Other referrals: 1, 1 open`);
  const box = `${first}, red, received 10am today. You confirm red`;
  const answers = {
    'Which level of need?': 'Level 4: Acute',
    [box]: true,
  };
  await worker.press('Check your answers', aDecision('Strategy discussion', answers));
  const done = await worker.press('Record the decision');
  expect(done.text).toContain(`Decided with it: ${first}.`);
  // A child under one: another manager signs each of the two off.
  const manager = await console.visitedBy(hub.manager);
  for (const reference of [second, first]) {
    await manager.open(`/referrals/${reference}/sign-off`);
    await manager.press('Sign off, show the next');
  }
  const page = await worker.open(`/referrals/${second}`);
  expect(page.under('Agencies')).toContain('Decided without it.');
  expect(page.under('Strategy discussion')).toContain('Not yet held.');
  expect((await worker.open(`/referrals/${first}`)).text).not.toContain('Not yet held.');
  await manager.open('/oversight/discussions');
  expect([manager.page.text.includes(second), manager.page.text.includes(first)]).toEqual([true, false]);

  const police = await console.visitedBy(partner, '/requests');
  await police.open(police.page.attributes('href').find((href) => href.startsWith('/requests/'))!);
  expect(police.page.text).not.toContain('decided');
  await police.press('Send the answer', {
    'What is known?': 'Known',
    'What is known, or why it is refused': 'One report in May.',
    'How may the answer be handled?': 'For the service that takes the child, not for the family',
  });
  await hub.fireDue.execute();
  expect((await worker.open('/alerts')).text).toContain(`${second}: An agency answered after the decision`);
  await worker.open(`/requests/${(await hub.requestsOf(second))[0]!.id}`);
  await worker.press('I have read it', { 'What follows from the late answer?': 'It is taken to the discussion.' });

  await worker.open(`/referrals/${second}/discussion`);
  const held = await worker.press('Record how it went', {
    'Was it held?': 'Yes',
    Day: '2026-11-23',
    Time: '12:20',
    ...came('Social care', 'Sol Worker, social worker'),
    ...came('Police', 'Al Reed, detective sergeant'),
    ...came('Health', 'Ed Kay, paediatrician'),
    'What did it come to?': 'Section 47 enquiries by social care and the police together',
    'What was said, in short': 'The bruise has no explanation.',
  });
  expect(held.notices()).toEqual(['How the strategy discussion went is recorded.']);
  expect(held.text).toContain('Child protection conference');
});
