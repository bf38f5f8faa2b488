import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole } from '../support/running-console.ts';
import type { Visitor } from '../support/visitor.ts';

let hub: Hub;
let console: RunningConsole;
let me: Awaited<ReturnType<Hub['another']>>;
let visitor: Visitor;
beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub);
});
beforeEach(async () => {
  await hub.reset();
  me = await hub.another('administrator');
  visitor = await console.visitedBy(me, '/administration/people');
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const SECOND = 'You cannot give your own e-mail address to another account';
/** What the record says that the administrator was refused. */
async function refused(): Promise<string> {
  const manager = await console.visitedBy(hub.manager);
  return (await manager.open(`/oversight/record?kind=refused&person=${me.id}`)).text;
}

describe('an administrator', () => {
  it('cannot give themselves another role, and the record says that they tried', async () => {
    await visitor.open(`/administration/people/${me.id}`);
    const answer = await visitor.press('Change what they do', { Role: 'Practice manager' });
    expect([answer.status, answer.errors()]).toEqual([
      409,
      [expect.stringMatching(/^You cannot change your own role/)],
    ]);
    expect((await visitor.open('/administration/agencies')).status).toBe(200);
    expect(await refused()).toContain('Was refused: You cannot change your own role');
  });

  it.each(['as it is', 'in capitals'])(
    'cannot add an account of a manager under their own e-mail address, %s, and the record says that they tried',
    async (how) => {
      await visitor.open('/administration/people');
      const answer = await visitor.press('Add the person', {
        ...{ Name: 'Jo Marsh', 'What your identity provider calls the person': 'jo-1', Role: 'Practice manager' },
        'E-mail': how === 'in capitals' ? me.email.toUpperCase() : me.email,
      });
      expect([answer.status, answer.errors()]).toEqual([409, [expect.stringContaining(SECOND)]]);
      expect((await visitor.open('/administration/people')).text).not.toContain('Jo Marsh');
      expect(await refused()).toContain(`Was refused: ${SECOND}`);
    },
  );

  it('cannot bring an account under their own e-mail address in by a table', async () => {
    await visitor.open('/administration/import/people');
    const table = `name,subject,email,role\nJo Marsh,jo-1,${me.email},practice manager`;
    await visitor.press('Look at what becomes of it', { 'The table': table });
    const answer = await visitor.press('Add 1 person');
    expect([answer.status, answer.text.includes(SECOND)]).toEqual([409, true]);
    expect((await visitor.open('/administration/people')).text).not.toContain('Jo Marsh');
  });

  it('cannot change their own e-mail address, nor give it to the account of another person', async () => {
    await visitor.open(`/administration/people/${me.id}`);
    const own = await visitor.press('Change the address', { 'E-mail': 'other@example.org' });
    expect([own.status, own.errors()]).toEqual([409, [expect.stringMatching(/^You cannot change your own e-mail/)]]);
    await visitor.open(`/administration/people/${hub.manager.id}`);
    const others = await visitor.press('Change the address', { 'E-mail': me.email });
    expect([others.status, others.errors()]).toEqual([409, [expect.stringContaining(SECOND)]]);
  });

  it('cannot say of themselves that they have left, and the record says that they tried', async () => {
    await visitor.open(`/administration/people/${me.id}`);
    await visitor.click('Record that they have left');
    await visitor.press('They have left');
    expect(await refused()).toContain('Was refused: You cannot say of yourself that you have left');
  });

  it('adds an account for another person, a manager too', async () => {
    await visitor.open('/administration/people');
    const answer = await visitor.press('Add the person', {
      ...{ Name: 'Jo Marsh', 'What your identity provider calls the person': 'jo-1', Role: 'Practice manager' },
      'E-mail': 'jo@example.org',
    });
    expect(answer.notices()).toEqual(['Jo Marsh may sign in now.']);
  });
});
