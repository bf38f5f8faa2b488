import { ForgetLeavers } from '#retention';
import { SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

it('people who left have no address after a while, which the pages say, and are added with another when they come back', async () => {
  const { partner } = await hub.anAgency('Hillside School');
  await hub.leaves(hub.screener);
  await hub.leaves(partner);
  await hub.moveTo('2027-01-25T10:00');
  await hub.whole.get(ForgetLeavers).execute();
  const visitor = await console.visitedBy(await hub.another('administrator'), '/administration/people');
  const line = () =>
    visitor.page.rowsOf('People, those who have left last').find(([name]) => name!.startsWith('Sam Screener'));
  expect(line()).toEqual(['Sam Screener Has left', 'screener', 'The hub', 'Removed', '']);
  await visitor.click('Sam Screener');
  expect(visitor.page.text).toContain('Who comes back is added anew, with the address that they have then.');
  const agency = (await hub.database
    .as(SERVICE)
    .row<{ id: string }>(sql`SELECT agency_id AS id FROM staff_member WHERE id = ${partner.id}`))!;
  await visitor.open(`/administration/agencies/${agency.id}`);
  expect(visitor.page.text).toContain('Removed');
  const { subject } = hub.screener;
  await visitor.open('/administration/people');
  await visitor.press('Add the person', {
    ...{ Name: 'Sam Screener', 'What your identity provider calls the person': subject },
    ...{ 'E-mail': 'sam.again@hub.example.org', Role: 'Screener' },
  });
  await visitor.open('/administration/people');
  expect(line()).toEqual(['Sam Screener', 'screener', 'The hub', 'sam.again@hub.example.org', '']);
});
