import { randomUUID } from 'node:crypto';
import { createHub, type Hub } from '../support/hub.ts';
import { RunningConsole, Visitor } from '../support/running-console.ts';
import { aBruisedBaby, aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let console: RunningConsole;

beforeAll(async () => {
  hub = await createHub();
  console = await RunningConsole.start(hub.url, async () => [hub.manager, hub.otherManager, hub.socialWorker]);
});
afterAll(async () => {
  await console.stop();
  await hub.drop();
});

const signedIn = async (person: { subject: string }) => {
  const visitor = new Visitor(console);
  await visitor.signInAs(person.subject);
  return visitor;
};
const nothing = { outcome: 'no_further_action', thresholdLevel: '1', rationale: 'The bruise was explained by a scan.' };

describe('before no further action on a baby', () => {
  it('there is a page to read, which a decision cannot get round', async () => {
    const reference = await hub.submit(aBruisedBaby());
    const at = `/referrals/${reference}/decision`;
    const worker = await signedIn(hub.socialWorker);
    await worker.get(at);
    const { location } = await worker.submit(at, nothing);
    const pause = await worker.get(location!);
    expect(pause.html).toContain('Stop and read before you decide this');
    expect(pause.html).toContain('A child under one or unborn');
    expect((await worker.submit(`${at}/check`)).location).toBe(`${console.url}${at}/check`);
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).decisions).toEqual([]);

    const read = await worker.submit(`${at}/check/read`);
    expect((await worker.get(read.location!)).html).toContain('Check your answers');
    // Another outcome of that kind is read for anew.
    await worker.get(at);
    await worker.submit(at, { ...nothing, outcome: 'advice_and_signposting' });
    expect((await worker.get(`${at}/check`)).html).toContain('Stop and read');
  });
});

it.each([
  [false, 'It takes effect at once; for thirty seconds you can take it back.'],
  [true, 'It takes effect at once and cannot be taken back.'],
])('who checks a decision reads what can be done about it afterwards: a child in danger, %s', async (danger, said) => {
  const reference = await hub.submit(aCoachMessagingChildren({ immediateDanger: danger }));
  const at = `/referrals/${reference}/decision`;
  const worker = await signedIn(hub.socialWorker);
  await worker.get(at);
  await worker.submit(at, { ...nothing, outcome: 'child_and_family_assessment', thresholdLevel: '3' });
  const { html } = await worker.get(`${at}/check`);
  expect(html).toContain(said);
  expect(html.includes('The sender says that a child is in danger now.')).toBe(danger);
  // It hears of what others do meanwhile, and of who they are.
  expect(html).toContain(`data-live="/live?on=${reference}&amp;since=`);
  expect(html).toContain('data-looking');
});

describe('what was checked', () => {
  it('is what is recorded: a change in another window is checked again first', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const at = `/referrals/${reference}/decision`;
    const [window, other] = [await signedIn(hub.socialWorker), await signedIn(hub.socialWorker)];
    await window.get(at);
    await window.submit(at, { ...nothing, outcome: 'early_help' });
    await window.get(`${at}/check`);
    await other.get(at);
    await other.submit(`/drafts/decision/${reference}`, { ...nothing, outcome: 'strategy_discussion' });
    const sent = await window.submit(`${at}/check`);
    const again = await window.get(sent.location!);
    expect(again.html).toContain('your answers have changed since you checked them');
    expect(again.html).toContain('Strategy discussion');
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).decisions).toEqual([]);
  });

  it('and is not there any more is not said to be recorded', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const at = `/referrals/${reference}/decision`;
    const worker = await signedIn(hub.socialWorker);
    await worker.get(at);
    await worker.submit(at, { ...nothing, outcome: 'early_help' });
    await worker.get(`${at}/check`);
    await hub.database.rows('DELETE FROM draft WHERE subject = $1', [reference]);
    const sent = await worker.submit(`${at}/check`);
    expect((await worker.get(sent.location!)).html).toContain('Nothing was recorded: your answers are not here');
  });
});

it('who may not decide because somebody else holds it is told so, and is not offered it', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const at = `/referrals/${reference}/decision`;
  const worker = await signedIn(hub.socialWorker);
  await worker.get(at);
  await hub.claim.execute({ reference, by: hub.screener });
  const sent = await worker.submit(at, { ...nothing, outcome: 'early_help' });
  const { html } = await worker.get(sent.location!);
  expect(html).toContain('Only Sam Screener or a manager can decide it');
  expect((await worker.get(`/referrals/${reference}`)).html).not.toContain(`href="${at}"`);
  expect((await worker.get(at)).html).toContain('The bruise was explained by a scan.');
});

it('nobody begins a form that they cannot send', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const worker = await signedIn(hub.socialWorker);
  const at = `/referrals/${reference}`;
  const leadsBack = async (form: string, because: string) => {
    expect((await worker.get(`${at}/${form}`)).location).toBe(console.url + at);
    expect((await worker.get(at)).html).toContain(because);
  };
  await hub.claim.execute({ reference, by: hub.screener });
  await leadsBack('decision', 'Only Sam Screener or a manager can decide it.');
  const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
  await hub.decide.execute({
    reference,
    outcome: 'early_help',
    thresholdLevel: 2,
    rationale: 'Early help, agreed with the school.',
    formId: randomUUID(),
    version,
    by: hub.manager,
  });
  await leadsBack('decision', 'It is not waiting for a decision any more.');
  await leadsBack('rating', 'its rating can be changed no more');
});

it('who decides again begins with what they wrote, and reads why it was returned', async () => {
  const reference = await hub.submit(aCoachMessagingChildren());
  const at = `/referrals/${reference}/decision`;
  const [worker, manager] = [await signedIn(hub.socialWorker), await signedIn(hub.manager)];
  await worker.get(at);
  await worker.submit(at, { ...nothing, worries: 'He was seen alone twice.' });
  await worker.get(`${at}/check`);
  await worker.submit(`${at}/check`);
  await manager.get(`/referrals/${reference}/sign-off`);
  expect((await manager.get(`/referrals/${reference}/sign-off`)).html).toContain('He was seen alone twice.');
  await manager.submit(`/referrals/${reference}/sign-off`, { result: 'returned', comments: 'Ask the <school>.' });
  expect((await worker.get('/queue?view=mine')).html).toContain('<strong>Returned</strong>');
  const { html } = await worker.get(at);
  for (const shown of ['He was seen alone twice.', 'Returned by Mel Manager', 'Ask the &lt;school&gt;.']) {
    expect(html).toContain(shown);
  }
});

describe('a decision just made', () => {
  const decided = async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const at = `/referrals/${reference}/decision`;
    const worker = await signedIn(hub.socialWorker);
    await worker.get(at);
    await worker.submit(at, { ...nothing, outcome: 'early_help' });
    await worker.get(`${at}/check`);
    await worker.submit(`${at}/check`);
    return { reference, worker };
  };

  it('can be taken back by who made it, while the page offers it and no longer', async () => {
    const { reference, worker } = await decided();
    const page = await worker.get(`/referrals/${reference}`);
    expect(page.html).toContain('You can take this back for <span data-seconds>30</span> seconds more');
    const other = await signedIn(hub.manager);
    expect((await other.get(`/referrals/${reference}`)).html).not.toContain('You can take this back');
    expect((await other.submit(`/referrals/${reference}/undo`)).status).toBe(404);
    await worker.submit(`/referrals/${reference}/undo`);
    const back = await worker.get(`/referrals/${reference}`);
    expect(back.html).toContain('is taken back. Nobody outside the hub was told.');
    expect(back.html).toContain('Waiting for a decision');
  });

  it('cannot after thirty seconds, and the page says so', async () => {
    const { reference, worker } = await decided();
    await worker.get(`/referrals/${reference}`);
    await hub.moveTo('2026-11-23T10:00:30');
    const late = await worker.submit(`/referrals/${reference}/undo`);
    expect([late.status, late.html.includes('It is too late to take this back')]).toEqual([409, true]);
    expect((await worker.get(`/referrals/${reference}`)).html).not.toContain('You can take this back');
  });

  it('is made once, however often its last button is pressed', async () => {
    const { reference, worker } = await decided();
    const again = await worker.submit(`/referrals/${reference}/decision/check`);
    expect(again.location).toBe(`${console.url}/referrals/${reference}`);
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).decisions).toHaveLength(1);
  });
});

describe('a draft', () => {
  const typed = { worries: 'A secret of Elodie', version: '1', openedAt: '1', outcome: '' };
  const save = async (visitor: Visitor, reference: string) => {
    await visitor.get(`/referrals/${reference}/decision`);
    return visitor.submit(`/drafts/decision/${reference}`, typed);
  };

  it('is one person’s own, unreadable in the database, and gone when it was sent', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const [worker, other] = [await signedIn(hub.socialWorker), await signedIn(hub.manager)];
    expect((await save(worker, reference)).status).toBe(204);
    expect((await worker.get(`/referrals/${reference}/decision`)).html).toContain('A secret of Elodie');
    expect((await other.get(`/referrals/${reference}/decision`)).html).not.toContain('A secret of Elodie');
    const [row] = await hub.database.rows<{ sealed: Buffer }>('SELECT sealed FROM draft WHERE subject = $1', [
      reference,
    ]);
    expect(row!.sealed.includes('Elodie')).toBe(false);

    const at = `/referrals/${reference}/decision`;
    await worker.get(at);
    await worker.submit(at, { ...nothing, outcome: 'early_help' });
    await worker.get(`${at}/check`);
    await worker.submit(`${at}/check`);
    expect(await hub.database.rows('SELECT 1 FROM draft WHERE subject = $1', [reference])).toEqual([]);
  });

  it('saved by two windows at the same moment is one draft', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const [window, other] = [await signedIn(hub.socialWorker), await signedIn(hub.socialWorker)];
    for (const one of [window, other]) await one.get(`/referrals/${reference}/decision`);
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        (index % 2 === 0 ? window : other).submit(`/drafts/decision/${reference}`, typed),
      ),
    );
    const statuses = saved.map(({ status }) => status);
    // Whichever was first; the other is told.
    expect(statuses.toSorted()).toEqual([204, 204, 204, 204, 409, 409, 409, 409]);
  });

  it('is kept of a form that was sent with something missing', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    for (const [form, written] of [
      ['decision', { rationale: 'He is with his uncle, who is safe.' }],
      ['rating', { reason: 'He is with his uncle, who is safe.' }],
    ] as const) {
      await worker.get(`/referrals/${reference}/${form}`);
      expect((await worker.submit(`/referrals/${reference}/${form}`, written)).status).toBe(422);
      const again = await worker.get(`/referrals/${reference}/${form}`);
      expect(again.html).toContain('He is with his uncle, who is safe.');
    }
  });

  it('that comes late, after its form was sent, is none', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    await worker.get(`/referrals/${reference}/rating`);
    const rating = { rating: 'red', reason: 'He is back, and frightened.' };
    expect((await worker.submit(`/referrals/${reference}/rating`, rating)).status).toBe(303);
    expect((await worker.submit(`/drafts/rating/${reference}`, rating)).status).toBe(409);
    expect(await hub.database.rows('SELECT 1 FROM draft WHERE subject = $1', [reference])).toEqual([]);
  });

  it('says on coming back what others did meanwhile', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    await save(worker, reference);
    const { version } = await hub.readReferral.execute({ reference, by: hub.manager });
    await hub.rate.execute({ reference, version, rating: 'red', reason: 'He is back.', by: hub.manager });
    const back = await worker.get(`/referrals/${reference}/decision`);
    expect(back.html).toContain('This referral changed since you began');
    expect(back.html).toContain('Mel Manager: Rated it (Amber to red)');
  });

  it('being typed keeps the claim', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    await hub.claim.execute({ reference, by: hub.socialWorker });
    await worker.get(`/referrals/${reference}/decision`);
    await hub.moveTo('2026-11-23T10:25');
    await worker.submit(`/drafts/decision/${reference}`, typed);
    await hub.moveTo('2026-11-23T10:54');
    await hub.returnLapsed.execute();
    expect((await hub.readReferral.execute({ reference, by: hub.manager })).holder).toBe('Sol Worker');
  });

  it.each(['/drafts/poem/MASH-AAAA-AAAA', `/drafts/decision/${'x'.repeat(41)}`, '/drafts/decision/a%2Fb'])(
    'of something else is refused: %s',
    async (path) => {
      const worker = await signedIn(hub.socialWorker);
      await worker.get('/queue');
      expect((await worker.submit(path, typed)).status).toBe(400);
    },
  );
});

describe('sent twice', () => {
  it('a rating is one rating, and is said to be done', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    const at = `/referrals/${reference}/rating`;
    await worker.get(at);
    const rating = { rating: 'red', reason: 'He is back, and frightened.' };
    const sent = await Promise.all([worker.submit(at, rating), worker.submit(at, rating)]);
    expect(sent.map(({ location }) => location)).toEqual(Array(2).fill(`${console.url}/referrals/${reference}`));
    const { ratings } = await hub.readReferral.execute({ reference, by: hub.manager });
    expect(ratings.filter(({ reason }) => reason === rating.reason)).toHaveLength(1);
    expect((await worker.get(at)).html).not.toContain('are here again');
  });

  it('with other words it is not done again, and the words are kept', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    const at = `/referrals/${reference}/rating`;
    await worker.get(at);
    const form = worker.hiddenFields();
    await worker.send('POST', at, { ...form, rating: 'amber', reason: 'The first words.' });
    const again = await worker.send('POST', at, { ...form, rating: 'red', reason: 'The second words.' });
    expect([again.status, again.html.includes('Nothing of yours was recorded')]).toEqual([409, true]);
    expect((await worker.get(at)).html).toContain('The second words.');
    const { rating } = await hub.readReferral.execute({ reference, by: hub.manager });
    expect(rating).toBe('amber');
  });

  it('from two windows that began with one draft each is a form of its own', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    const at = `/referrals/${reference}/rating`;
    await worker.get(at);
    await worker.submit(`/drafts/rating/${reference}`, { reason: 'He is back.' });
    const forms = [];
    for (let opened = 0; opened < 2; opened++) {
      await worker.get(at);
      forms.push(worker.hiddenFields());
    }
    const [first, second] = forms;
    await worker.send('POST', at, { ...first!, rating: 'amber', reason: 'He is back.' });
    expect((await worker.send('POST', at, { ...second!, rating: 'amber', reason: 'He is back.' })).status).toBe(409);
  });

  it('a form with something missing does not take the place of what another window has saved', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    const at = `/referrals/${reference}/decision`;
    await worker.get(at);
    const older = worker.hiddenFields();
    await worker.get(at);
    await hub.moveTo('2026-11-23T11:02');
    await worker.submit(`/drafts/decision/${reference}`, { rationale: 'What the other window has.' });
    expect((await worker.send('POST', at, { ...older, worries: 'Of the older window.' })).status).toBe(422);
    expect((await worker.get(at)).html).toContain('What the other window has.');
  });

  it('a sign-off is one sign-off', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const { version } = await hub.readReferral.execute({ reference, by: hub.socialWorker });
    const decision = { outcome: 'no_further_action', thresholdLevel: 1, rationale: 'Nothing was found.' } as const;
    await hub.decide.execute({ reference, ...decision, version, by: hub.socialWorker });
    const manager = await signedIn(hub.manager);
    const at = `/referrals/${reference}/sign-off`;
    await manager.get(at);
    const sent = [await manager.submit(at, { result: 'agreed' }), await manager.submit(at, { result: 'agreed' })];
    expect(sent.map(({ location }) => location)).toEqual(Array(2).fill(`${console.url}/referrals/${reference}`));
  });

  it('a skip is one skip, and takes one next', async () => {
    const [first, second, third] = [
      await hub.submit(aRoutineAmber()),
      await hub.submit(aRoutineAmber()),
      await hub.submit(aRoutineAmber()),
    ];
    await hub.moveTo('2026-11-23T11:05');
    await hub.claim.execute({ reference: first, by: hub.socialWorker });
    const worker = await signedIn(hub.socialWorker);
    const at = `/referrals/${first}/skip`;
    await worker.get(at);
    await hub.moveTo('2026-11-23T11:05:10');
    const sent = [
      await worker.submit(at, { reason: 'I know them.' }),
      await worker.submit(at, { reason: 'I know them.' }),
    ];
    expect(sent[0]!.location).toMatch(/MASH-/);
    expect(sent[1]!.location).toBe(sent[0]!.location);
    const { timeline } = await hub.readReferral.execute({ reference: first, by: hub.manager });
    expect(timeline.filter(({ act }) => act === 'referral.skipped')).toHaveLength(1);
    for (const reference of [second, third])
      await hub.claim.execute({ reference, by: hub.manager }).catch(() => 'taken');
  });

  it('taking the next one takes one', async () => {
    await hub.submit(aRoutineAmber());
    await hub.submit(aRoutineAmber());
    const worker = await signedIn(hub.socialWorker);
    await worker.get('/queue');
    await hub.moveTo('2026-11-23T11:10');
    const sent = await Promise.all([worker.submit('/queue/next'), worker.submit('/queue/next')]);
    expect(sent[0].location).toMatch(/MASH-/);
    expect(sent[1].location).toBe(sent[0].location);
    expect((await worker.get(sent[0].location!)).html).toMatch(/You took MASH-[\w-]+ at 11:10am and still hold it/);
    await worker.get('/queue');
    await hub.moveTo('2026-11-23T11:11');
    expect((await worker.submit('/queue/next')).location).not.toBe(sent[0].location);
  });
});
