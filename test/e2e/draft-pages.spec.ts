import { createHub, type Hub } from '../support/hub.ts';
import { aDecision, decide } from '../support/page/answers.ts';
import { RunningConsole } from '../support/running-console.ts';
import { aRoutineAmber } from '../support/referrals.ts';

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

const decisionOf = (reference: string) => `/referrals/${reference}/decision`;
const ratingOf = (reference: string) => `/referrals/${reference}/rating`;

describe('a draft', () => {
  const typed = { 'What are we worried about?': 'A secret of Elodie' };

  it('is shown to the person who typed it only, is unreadable in the database, and goes when the form is sent', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const other = await console.visitedBy(hub.manager);
    expect((await worker.types('Check your answers', typed)).status).toBe(204);
    const worries = async (of = worker) =>
      (await of.open(decisionOf(reference))).field('What are we worried about?').value;
    expect([await worries(), await worries(other)]).toEqual(['A secret of Elodie', '']);
    const [sealed] = await hub.draftsOf(reference);
    expect(sealed!.includes('Elodie')).toBe(false);
    await decide(worker, reference);
    expect(await hub.draftsOf(reference)).toEqual([]);
  });

  it('is one draft when two windows save it at the same moment, and the second window is told', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const windows = [
      await console.visitedBy(hub.socialWorker, decisionOf(reference)),
      await console.visitedBy(hub.socialWorker, decisionOf(reference)),
    ];
    const saved = await Promise.all(
      Array.from({ length: 8 }, (_, index) => windows[index % 2]!.types('Check your answers', typed)),
    );
    // Either may be the first; the other is told.
    expect(saved.map(({ status }) => status).toSorted()).toEqual([204, 204, 204, 204, 409, 409, 409, 409]);
  });

  it.each([
    ['decision', 'Check your answers', 'Rationale'],
    ['rating', 'Give this rating', 'Why?'],
  ])('is kept when the form of a %s is sent with something missing', async (form, button, label) => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/${form}`);
    const refused = await worker.press(button, { [label]: 'He is with his uncle, who is safe.' });
    expect(refused.status).toBe(422);
    const again = await worker.open(`/referrals/${reference}/${form}`);
    expect(again.field(label).value).toBe('He is with his uncle, who is safe.');
  });

  it('is not saved when it comes after its form was sent', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, ratingOf(reference));
    const form = worker.page;
    const rating = { 'How urgent is it?': 'Red', 'Why?': 'He is back, and frightened.' };
    expect((await worker.press('Give this rating', rating, form)).path).toBe(`/referrals/${reference}`);
    expect((await worker.types('Give this rating', rating, form)).status).toBe(409);
    expect(await hub.draftsOf(reference)).toEqual([]);
  });

  it('is shown again with what others did to the referral meanwhile', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    await worker.types('Check your answers', typed);
    await hub.rates(hub.manager, reference, 'red', 'He is back.');
    const back = await worker.open(decisionOf(reference));
    expect(back.refusal).toContain('This referral changed since you began');
    expect(back.refusal).toContain('Mel Manager: Rated it (Amber to red)');
  });

  it('R5: begins the half hour of a claim anew while its holder types', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.claims(hub.socialWorker, reference);
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    await hub.moveTo('2026-11-23T10:25');
    await worker.types('Check your answers', typed);
    await hub.moveTo('2026-11-23T10:54');
    await hub.returnLapsed.execute();
    expect(await hub.holderOf(reference)).toBe('Sol Worker');
  });

  it.each(['/drafts/poem/MASH-AAAA-AAAA', `/drafts/decision/${'x'.repeat(41)}`, '/drafts/decision/a%2Fb'])(
    'is refused when it is of nothing that has drafts: %s',
    async (path) => {
      const worker = await console.visitedBy(hub.socialWorker);
      const { pairs } = worker.page.sendingBy('Sign out');
      expect((await worker.send('POST', path, [...pairs, ['worries', 'A secret']])).status).toBe(400);
    },
  );
});

describe('a form that is sent after its person signed out elsewhere', () => {
  it('S5: shows what was written, and signing in leads back to the form', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, ratingOf(reference));
    const form = worker.page;
    const queue = await worker.open('/queue');
    await worker.send('POST', '/sign-out', queue.sendingBy('Sign out').pairs);
    const refused = await worker.press('Give this rating', { 'How urgent is it?': 'Red', 'Why?': 'He is back.' }, form);
    expect([refused.status, refused.heading]).toEqual([403, 'You are signed out']);
    expect(refused.text).toContain('He is back.');
    // The identity provider still knows the person, and sends them back at once.
    const back = await worker.click('Sign in and open the form again');
    expect([back.path, back.heading]).toEqual([ratingOf(reference), 'Confirm or change the rating']);
    expect((await hub.read(reference)).ratings.filter(({ by }) => by !== null)).toEqual([]);
  });
});

describe('the decision of a colleague', () => {
  it('is recorded although the rating was confirmed meanwhile: nothing is other than the colleague saw', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const check = await worker.press('Check your answers', aDecision());
    await hub.rates(hub.screener, reference, 'amber');
    const sent = await worker.press('Record the decision', {}, check);
    expect([sent.status, sent.path]).toEqual([200, `/referrals/${reference}`]);
    expect((await hub.read(reference)).decisions).toHaveLength(1);
  });
});

describe('a form that is sent twice', () => {
  it('records one rating, and leads to the referral both times', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, ratingOf(reference));
    const rating = { 'How urgent is it?': 'Red', 'Why?': 'He is back, and frightened.' };
    const form = worker.page;
    const sent = await Promise.all([
      worker.press('Give this rating', rating, form),
      worker.press('Give this rating', rating, form),
    ]);
    expect(sent.map(({ path }) => path)).toEqual(Array(2).fill(`/referrals/${reference}`));
    const { ratings } = await hub.read(reference);
    expect(ratings.filter(({ reason }) => reason === 'He is back, and frightened.')).toHaveLength(1);
    const page = await worker.open(ratingOf(reference));
    expect([page.heading, page.field('Why?').value]).toEqual(['Confirm or change the rating', '']);
  });

  it('records nothing the second time when its words are others, and keeps those', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, ratingOf(reference));
    const form = worker.page;
    await worker.press('Give this rating', { 'How urgent is it?': 'Amber', 'Why?': 'The first words.' }, form);
    const again = await worker.press(
      'Give this rating',
      { 'How urgent is it?': 'Red', 'Why?': 'The second words.' },
      form,
    );
    expect([again.status, again.refusal]).toEqual([409, expect.stringContaining('This form was sent before')]);
    expect((await worker.open(ratingOf(reference))).field('Why?').value).toBe('The second words.');
    expect((await hub.read(reference)).rating).toBe('amber');
  });

  it('is refused without the id by which it is recorded once, and what was written is there to copy', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.claims(hub.socialWorker, reference);
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/skip`);
    const form = worker.page.sendingBy('Skip it and take the next one', { 'Why do you skip it?': 'I know them.' });
    for (const id of [[], [['_form', 'none']]] as const) {
      const pairs = [...form.pairs.filter(([name]) => name !== '_form'), ...id];
      const refused = await worker.send('POST', form.action, pairs);
      expect([refused.status, refused.heading]).toEqual([422, 'This form can no longer be sent']);
      expect(refused.text).toContain('I know them.');
    }
    expect((await hub.read(reference)).holder).toBe('Sol Worker');
  });

  it('is refused from the second of two windows that began with the same draft', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, ratingOf(reference));
    await worker.types('Give this rating', { 'Why?': 'He is back.' });
    const [first, second] = [await worker.open(ratingOf(reference)), await worker.open(ratingOf(reference))];
    const rating = { 'How urgent is it?': 'Amber', 'Why?': 'He is back.' };
    expect((await worker.press('Give this rating', rating, first)).path).toBe(`/referrals/${reference}`);
    expect((await worker.press('Give this rating', rating, second)).status).toBe(409);
  });

  it('does not replace the draft of another window when it is sent with something missing', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker, decisionOf(reference));
    const older = worker.page;
    await worker.open(decisionOf(reference));
    await hub.moveTo('2026-11-23T11:02');
    await worker.types('Check your answers', { Rationale: 'What the other window has.' });
    const refused = await worker.press(
      'Check your answers',
      { 'What are we worried about?': 'Of the older window.' },
      older,
    );
    expect(refused.status).toBe(422);
    expect((await worker.open(decisionOf(reference))).field('Rationale').value).toBe('What the other window has.');
  });

  it('signs a decision off once', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, reference, { outcome: 'no_further_action', thresholdLevel: 1 });
    const manager = await console.visitedBy(hub.manager, `/referrals/${reference}/sign-off`);
    const form = manager.page;
    for (let pressed = 0; pressed < 2; pressed++) {
      const page = await manager.press('Sign off, show the next', {}, form);
      expect([page.status, page.path]).toEqual([200, `/referrals/${reference}`]);
    }
    expect(await hub.entryCount('decision.agreed')).toBe(1);
  });

  it('skips once and takes one referral next', async () => {
    const first = await hub.submit(aRoutineAmber());
    for (let count = 0; count < 2; count++) await hub.submit(aRoutineAmber());
    await hub.claims(hub.socialWorker, first);
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${first}/skip`);
    const form = worker.page;
    await hub.moveBy({ seconds: 10 });
    const skip = () => worker.press('Skip it and take the next one', { 'Why do you skip it?': 'I know them.' }, form);
    const [once, twice] = [await skip(), await skip()];
    expect(once.path).toMatch(/^\/referrals\/MASH-/);
    expect(twice.path).toBe(once.path);
    expect(await hub.entryCount('referral.skipped')).toBe(1);
  });

  it('takes one referral next, and another when it is sent from a later page', async () => {
    await hub.submit(aRoutineAmber());
    await hub.submit(aRoutineAmber());
    const worker = await console.visitedBy(hub.socialWorker);
    const queue = worker.page;
    await hub.moveTo('2026-11-23T10:10');
    const [once, twice] = await Promise.all([
      worker.press('Take the next one', {}, queue),
      worker.press('Take the next one', {}, queue),
    ]);
    expect(once.path).toMatch(/^\/referrals\/MASH-/);
    expect(twice.path).toBe(once.path);
    expect([...once.notices(), ...twice.notices()].join()).toMatch(/You took MASH-[\w-]+ at 10:10am and still have it/);
    await worker.open('/queue');
    await hub.moveTo('2026-11-23T10:11');
    expect((await worker.press('Take the next one')).path).not.toBe(once.path);
  });
});
