import { homeOf } from '../../apps/console/src/shell/navigation/menu.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
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

/** The places in the bar and under More, as they are read out. */
const places = ({ page }: Visitor) => page.wordsOfEach('nav .govuk-service-navigation__link');

describe('the navigation', () => {
  it('has the places of a worker, and the others under More, without any script', async () => {
    const { page } = await console.visitedBy(hub.screener);
    expect(page.wordsOfEach('nav .govuk-service-navigation__link')).toEqual([
      ...['Your work', 'Queue', 'Search', 'Take a call', 'Alerts', 'More'],
      ...[
        'Sent on',
        'Telling referrers',
        'Values to check',
        'Hand-over',
        'Rota',
        'Policy',
        'System health',
        'Your figures',
      ],
    ]);
    expect(page.wordsOfEach('nav details summary')).toEqual(['More']);
    expect(page.wordsOfEach('nav details a')).toEqual([
      'Sent on',
      'Telling referrers',
      'Values to check',
      'Hand-over',
      'Rota',
      'Policy',
      'System health',
      'Your figures',
    ]);
    expect(page.wordsOfEach('#navigation > li')).toHaveLength(6);
  });

  it('marks the page that is open, also where it is under More', async () => {
    const visitor = await console.visitedBy(hub.screener);
    expect(visitor.page.wordsOfEach('#navigation [aria-current=page]')).toEqual(['Queue']);
    await visitor.open('/rota');
    expect(visitor.page.wordsOfEach('#navigation [aria-current=page]')).toEqual(['Rota']);
    expect(visitor.page.wordsOfEach('nav summary')).toEqual(['More: you are in Rota']);
    await visitor.open('/preferences');
    expect(visitor.page.wordsOfEach('#navigation [aria-current]')).toEqual([]);
  });

  it('tells a manager how many decisions wait for sign-off', async () => {
    const manager = await console.visitedBy(hub.manager);
    expect(places(manager)).toContain('Sign-off');
    const reference = await hub.submit(aBruisedBaby());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    await manager.open('/queue?view=sign-off');
    expect(manager.page.wordsOfEach('#navigation [aria-current=page]')).toEqual(['Sign-off 1 waiting']);
    // It is on the page of a form that was not recorded, too.
    await manager.open(`/referrals/${reference}/sign-off`);
    await manager.press('Return it to be decided again');
    expect(manager.page.status).toBe(422);
    expect(places(manager)).toContain('Sign-off 1 waiting');
    expect(places(await console.visitedBy(hub.screener)).join()).not.toContain('Sign-off');
  });

  it('tells a person how many alerts wait for them, and nothing of those of others', async () => {
    const reference = await hub.submit(aBruisedBaby());
    await hub.moveTo('2026-11-23T10:51');
    await hub.fireDue.execute();
    const told = await console.visitedBy(hub.onDuty.duty_team);
    expect(places(told)).toContain('Alerts 1 waiting for you');
    expect(places(await console.visitedBy(hub.screener))).toContain('Alerts');
    await told.open('/alerts');
    await told.press(`Acknowledge the alerts of ${reference}`);
    expect(places(told)).toContain('Alerts');
  });
});

describe('the home of a person', () => {
  it.each(['screener', 'socialWorker', 'manager', 'auditor'] as const)(
    'of a %s is where they come when they sign in, by the address of the console, and by its name',
    async (who) => {
      const home = homeOf(hub[who]);
      const visitor = console.visitor();
      const [path, status] = [(await visitor.signInAs(hub[who], '/')).path, visitor.page.status];
      expect([path, status]).toEqual([home, 200]);
      expect((await visitor.get('/')).leadsTo).toBe(home);
      expect(visitor.page.link('MASH triage')).toBe(home);
      expect(visitor.page.link('Loomshire Council')).toBe(home);
    },
  );

  it('is where a person comes who signed in for no page', async () => {
    const visitor = console.visitor();
    await visitor.get('/sign-in');
    expect((await visitor.signInAs(hub.screener, '/sign-in')).path).toBe('/your-work');
  });

  it('of a worker and of a practice manager is their work, of a senior manager and an auditor the overview', async () => {
    const seniors = [await hub.another('service_manager'), await hub.another('head_of_service'), hub.auditor];
    expect([hub.screener, hub.socialWorker, hub.manager].map(homeOf)).toEqual(Array(3).fill('/your-work'));
    expect(seniors.map(homeOf)).toEqual(Array(3).fill('/oversight'));
  });
});

describe('who is signed in', () => {
  it.each([
    ['screener', 'screener'],
    ['social_worker', 'social worker'],
    ['manager', 'practice manager'],
    ['service_manager', 'service manager'],
    ['head_of_service', 'head of service'],
    ['auditor', 'auditor'],
  ] as const)('stands on the page: a %s is called %s', async (role, words) => {
    const person = await hub.another(role);
    const { page } = await console.visitedBy(person, '/preferences');
    expect(page.text).toContain(`${person.name} (${words})`);
  });

  it('is not offered as the holder of a referral where it is an auditor', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const manager = await console.visitedBy(hub.manager, `/referrals/${reference}`);
    const { page } = await manager.press('Assign').then(() => manager);
    expect(page.text).toContain('Mel Manager (practice manager)');
    expect(page.text).not.toContain('Ada Auditor');
  });
});
