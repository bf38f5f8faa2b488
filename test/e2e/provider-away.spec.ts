import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aRoutineAmber } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  console = await RunningConsole.start(hub);
});
afterEach(() => console.stop());
afterAll(() => hub.drop());

const WHAT_TO_DO = 'it lets no person in at the moment. People who are signed in go on working: ask one of them';

describe('while the identity provider is away', () => {
  it('a person who is signed in goes on: they read, take, rate, and sign out', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const visitor = await console.visitedBy(hub.socialWorker);
    await console.providerGoesAway();
    // Every quarter of an hour the provider is asked whether it still vouches for them, and does not answer.
    for (const minutes of [0, 16, 32]) {
      await hub.moveBy({ minutes });
      expect((await visitor.open(`/referrals/${reference}`)).status).toBe(200);
      expect(visitor.page.path).toBe(`/referrals/${reference}`);
    }
    await visitor.press('Take it');
    expect(await hub.holderOf(reference)).toBe('Sol Worker');
    await visitor.open(`/referrals/${reference}/rating`);
    await visitor.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'He is back, and afraid.' });
    expect(await hub.ratingOf(reference)).toBe('red');
    expect((await visitor.press('Sign out')).heading).toBe('You are signed out');
    expect((await visitor.get('/queue')).leadsTo).toBe('/sign-in');
  });

  it('a person who was signed in before the console started again goes on', async () => {
    const visitor = await console.visitedBy(hub.socialWorker);
    await console.providerGoesAway();
    await console.restart();
    await hub.moveBy({ minutes: 16 });
    expect((await visitor.open('/queue')).heading).toBe('Waiting for a decision');
  });

  it('the api takes a referral of an agency, and the hub sees it', async () => {
    const api = await RunningApi.start(hub.url);
    try {
      const visitor = await console.visitedBy(hub.socialWorker);
      await console.providerGoesAway();
      const sent = await api.post(hub.agency.token, aBruisedBaby());
      const { reference } = sent.body as { reference: string };
      expect([sent.status, (await visitor.open('/queue')).text]).toEqual([201, expect.stringContaining(reference)]);
    } finally {
      await api.stop();
    }
  });

  it.each(['has found it before', 'was started since'])(
    'the sign-in says what to do, where the console %s',
    async (how) => {
      await console.visitedBy(hub.socialWorker);
      await console.providerGoesAway();
      if (how === 'was started since') await console.restart();
      const page = await console.visitor().open('/queue');
      expect([page.status, page.heading, page.text]).toEqual([
        503,
        'You could not be signed in',
        expect.stringContaining(WHAT_TO_DO),
      ]);
      expect(page.link('Try again')).toBe('/');
    },
  );

  it('a sign-in that had begun is refused, says what to do, and begins no session', async () => {
    const visitor = console.visitor();
    let { location } = await visitor.get('/sign-in');
    const choices = await visitor.open(location!);
    location = (await visitor.send('POST', choices.attributes('action')[0]!, [['subject', hub.manager.subject]]))
      .location;
    while (!location!.startsWith(`${console.url}/sign-in/callback`)) location = (await visitor.get(location!)).location;
    await console.providerGoesAway();
    const page = await visitor.open(location!);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Try again. If it fails again, tell')]);
    expect(await hub.sessionCount()).toBe(0);
  });
});
