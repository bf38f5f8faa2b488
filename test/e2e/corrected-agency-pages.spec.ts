import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let visitor: Visitor;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  visitor = await console.visitedBy(await hub.another('administrator'), '/administration/agencies');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const SCHOOL = () => `/administration/agencies/${hub.agency.agencyId}`;

describe('an administrator', () => {
  it('corrects the name of an agency and what it is, on every page, and the record keeps both names', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await visitor.open(SCHOOL());
    const empty = await visitor.press('Save the correction', { 'Name of the agency': ' ' });
    expect([empty.status, empty.errors()]).toEqual([422, ['Enter the name of the agency']]);
    const answers = { 'Name of the agency': 'Loomgate Academy', 'What is it?': 'Education service' };
    const corrected = await visitor.press('Save the correction', answers);
    expect([corrected.heading, corrected.notices()]).toEqual([
      'Loomgate Academy',
      ['It is Loomgate Academy on every page from now on.'],
    ]);
    expect(corrected.text).toContain('Education service, 2A');
    const manager = await console.visitedBy(hub.manager);
    const referral = await manager.open(`/referrals/${reference}`);
    expect([referral.text.includes('Loomgate Academy'), referral.text.includes('Loomgate School')]).toEqual([
      true,
      false,
    ]);
    const record = await manager.open('/oversight/record?kind=service');
    expect(record.text).toContain('Loomgate Academy (Education service), before Loomgate School (School)');
  });

  it('is refused a corrected name that another agency has but for capitals, accents and signs, and not its own', async () => {
    const POLICE = `/administration/agencies/${(await hub.anAgency('Loomgate Police')).agencyId}`;
    await visitor.open(SCHOOL());
    const alike = await visitor.press('Save the correction', { 'Name of the agency': 'LOOMGATE  Políce.' });
    expect([alike.status, alike.heading, alike.errors()]).toEqual([
      409,
      'Loomgate School',
      [expect.stringMatching(/^There is an agency of this name already/)],
    ]);
    const own = await visitor.press('Save the correction', { 'Name of the agency': 'LOOMGATE School' });
    expect(own.heading).toBe('LOOMGATE School');
    const free = await visitor.press('Save the correction', { 'Name of the agency': 'Loomgate Academy' });
    expect(free.heading).toBe('Loomgate Academy');
    await visitor.open(POLICE);
    const left = await visitor.press('Save the correction', { 'Name of the agency': 'Loomgate School' });
    expect(left.heading).toBe('Loomgate School');
    const taken = await visitor.press('Save the correction', { 'Name of the agency': 'Loomgate ACADEMY' });
    expect([taken.status, taken.heading]).toEqual([409, 'Loomgate School']);
    const again = await visitor.open('/administration/agencies');
    expect(again.rowsOf('Agencies').map(([name]) => name)).toEqual(['Loomgate Academy', 'Loomgate School']);
  });
});
