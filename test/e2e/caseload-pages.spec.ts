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

const MIA = { firstName: 'Mia', lastName: 'Pyke', dateOfBirth: '2019-03-14' };
const referMia = async () => {
  await hub.moveBy({ minutes: 1 });
  const reference = await hub.submit({ ...aRoutineAmber(), children: [MIA] });
  await hub.linkEarlier(reference);
  return reference;
};

it('a manager changes the hours of a person, which the team page shows', async () => {
  const manager = await console.visitedBy(hub.manager, '/workload');
  await manager.open(`/workload/${hub.socialWorker.id}/hours`);
  expect(manager.page.text).toContain('Sol Worker has 0 of 60 points.');
  const wrong = await manager.press('Save', { 'Per cent of full hours': '120' });
  expect(wrong.wordsOfEach('.govuk-error-summary li')).toEqual(['Enter a whole number from 1 to 100']);
  const saved = await manager.press('Save', { 'Per cent of full hours': '60' });
  expect(saved.notices()).toEqual(['Sol Worker has 60 % of a full caseload now.']);
  expect(saved.rowsOf('Who has what').find(([name]) => name === 'Sol Worker')).toContain('0 of 36');
});

it('a person whose hands are full learns why nothing is given, and what would be', async () => {
  const manager = await console.visitedBy(hub.manager, '/policy/change');
  await manager.press('Preview', {
    'Points that a person with full hours may have; only a red is given above': '2',
    'Why does this change?': 'Fewer',
  });
  expect(manager.page.text).toContain('only a red is given above: 2, before 60');
  await manager.press('Publish');
  await hub.submit(aRoutineAmber());
  await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker);
  await worker.press('Take the next one');
  const page = await worker.press('Take the next one');
  expect(page.text).toContain('You have 2 of the 2 points that you may have. Only a red is given to you');
});

it('assigning proposes the person who knows the child first, and asks why it is another', async () => {
  const earlier = await referMia();
  await hub.decides(hub.socialWorker, earlier);
  const reference = await referMia();
  const manager = await console.visitedBy(hub.manager, `/referrals/${reference}`);
  const choices = await manager.press('Assign');
  expect(choices.text).toContain(`Sol Worker (social worker) Knows the child from ${earlier}`);
  expect(choices.text).toContain('0 of 60 points; 3 % after this.');
  const refused = await manager.press('Assign', { 'Who is to have it?': 'Sam Screener (screener)' });
  expect(refused.text).toContain('Another person knows the child');
  const done = await manager.press('Assign', { 'Why this person?': 'Sol is on leave from noon.' });
  expect(done.notices()[0]).toContain('is with Sam Screener now');
  expect(done.text).toContain('Why this person: Sol is on leave from noon.');
});
