import { randomUUID } from 'node:crypto';
import { AllowFeedback, ReadFeedback } from '#feedback';
import { SendByForm } from '#referrals';
import { RestrictReferral } from '#restrictions';
import { addPartner } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import type { Page } from '../support/page/page.ts';
import { aBruisedBaby, aCoachMessagingChildren, aRoutineAmber } from '../support/referrals.ts';
import { RunningConsole } from '../support/running-console.ts';
import { draftsOfPerson, howTheyCame, storedAlike } from '../support/verbs/by-form.ts';
import { Holder } from '../support/verbs/moments.ts';
import { refusalsOnRecord } from '../support/verbs/refusals.ts';
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

const [SEND, LATER] = ['Send it to the hub', 'Keep it and finish later'];
const A_BOY = {
  'Is a child in danger now?': 'No',
  'Role of the referrer': 'Designated safeguarding lead',
  'What has happened?': 'He is out on the street until midnight on school days.',
  Neglect: true,
  'How do you know?': 'First-hand',
  'First name': 'Tobias',
  'Last name': 'Quarmby',
  'Do the parents know of this referral?': 'No',
  'If not, why not?': 'Other',
  'Has the family agreed?': 'Not sought',
};
const newForm = () => `/own-referrals/forms/${randomUUID()}`;
const referenceOf = ({ path }: Page) => path.split('/').at(-1)!;

/** A person of a primary school that has no program, on a page. */
async function aTeacher(path = '/own-referrals') {
  const school = await hub.anAgency('Hillbrook Primary');
  return { ...school, visitor: await console.visitedBy(school.partner, path) };
}
/** A referral of theirs. */
async function hasSent(visitor: Visitor, answers: object = {}): Promise<string> {
  await visitor.open(newForm());
  return referenceOf(await visitor.press(SEND, { ...A_BOY, ...answers }));
}

describe('a person of an agency', () => {
  it('begins with the referrals of their own agency, under its name, and with no place of the hub', async () => {
    const { visitor } = await aTeacher('/');
    expect([visitor.page.path, visitor.page.heading]).toEqual(['/own-referrals', 'Referrals of Hillbrook Primary']);
    expect(visitor.page.text).toContain('Pat of Hillbrook Primary (Hillbrook Primary)');
    expect(visitor.page.text).toContain('Your agency has sent no referral yet.');
    const places = visitor.page.links().filter((link) => /^(Queue|Search|Alerts|Team|Preferences)$/.test(link));
    expect(places).toEqual([]);
  });

  it('refers a child, gets the reference, and sees what was sent and how it stands', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const { page } = visitor;
    expect(page.path).toBe(`/own-referrals/${reference}`);
    expect(page.notices()).toEqual([`${reference} is received: the hub has your referral.`]);
    expect(page.heading).toBe('Tobias Quarmby');
    expect(page.text).toContain('If a child is in immediate danger, dial 999. If you learn anything new, tell us');
    expect([page.fact('Reference'), page.fact('How it stands'), page.fact('Sent by')]).toEqual([
      reference,
      'Received: the hub has not opened it yet',
      'Pat of Hillbrook Primary',
    ]);
    expect(page.text).toContain('He is out on the street until midnight on school days.');
    const list = await visitor.open('/own-referrals');
    expect(list.text).toContain(`Tobias Quarmby ${reference}`);
  });

  it('is told to dial 999 where a child is in danger now', async () => {
    const { visitor } = await aTeacher();
    await hasSent(visitor, { 'Is a child in danger now?': 'Yes' });
    expect(visitor.page.text).toContain('If you have not already dialled 999, do it now.');
    expect(visitor.page.text).toContain('You said that a child is in danger now.');
  });

  it('is named on the record as the one who sent it, and the referral stands in the queue as of their agency', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const { timeline, agency } = await hub.read(reference);
    expect(agency).toBe('Hillbrook Primary');
    expect(timeline.at(-1)).toMatchObject({
      act: 'referral.submitted',
      by: 'Pat of Hillbrook Primary',
      details: { channel: 'agency_form' },
    });
    expect(await howTheyCame(hub.database)).toEqual(['agency_form Hillbrook Primary partner']);
  });

  it('begins the next form with who they are, as they wrote it last', async () => {
    const { visitor } = await aTeacher(newForm());
    const referrer = (page: Page) =>
      ['Name of the referrer', 'Role of the referrer', 'Telephone of the referrer', 'E-mail'].map(
        (label) => page.field(label).value,
      );
    const first = referrer(visitor.page);
    expect([first[0], first[1], first[2], first[3]!.endsWith('@agency.example.org')]).toEqual([
      'Pat of Hillbrook Primary', '', '', true,
    ]); // prettier-ignore
    await hasSent(visitor, { 'Telephone of the referrer': '01632 960123', 'E-mail': 'dsl@hillbrook.example.org' });
    expect(referrer(await visitor.open(newForm()))).toEqual([
      'Pat of Hillbrook Primary', 'Designated safeguarding lead', '01632 960123', 'dsl@hillbrook.example.org',
    ]); // prettier-ignore
  });

  it('is shown each fault with words for a person who fills in the form, and loses nothing', async () => {
    const { visitor } = await aTeacher(newForm());
    const back = await visitor.press(SEND, { 'NHS number': '123 <b>', 'What has happened?': 'Too short' });
    expect([back.status, back.field('NHS number').value]).toEqual([422, '123 <b>']);
    expect(back.errors()).toEqual(
      expect.arrayContaining([
        'Answer “Is a child in danger now?”',
        'Answer “Role of the referrer”',
        'Answer “How do you know?”',
        expect.stringContaining('What has happened: '),
        expect.stringContaining('Child 1, NHS number: '),
      ]),
    );
    expect(back.errors().join()).not.toContain('caller');
  });

  it('makes room for a second child, and sends both', async () => {
    const { visitor } = await aTeacher(newForm());
    await visitor.press('Add another child', A_BOY);
    const [, second] = visitor.page.html.match(/name="(\/children\/1\/firstName)"/)!;
    const { action, method, pairs } = visitor.page.sendingBy(SEND);
    const typed = pairs.map(([name, value]) => [name, name === second ? 'Una' : value] as const);
    const sent = await visitor.send(method, action, typed);
    const page = await visitor.open(sent.leadsTo!);
    expect(page.heading).toBe('Tobias Quarmby and 1 other child');
  });
});

describe('a referral by the form', () => {
  it('is stored as a program of the agency would have had it stored', async () => {
    const { agencyId, partner } = await hub.anAgency('Hillbrook Primary');
    for (const referral of [aBruisedBaby(), aRoutineAmber(), aCoachMessagingChildren()]) {
      const byProgram = await hub.submit(referral, agencyId);
      const form = { formId: randomUUID(), referral, by: partner };
      const { reference, ...answer } = await hub.whole.get(SendByForm).execute(form);
      expect(await storedAlike(hub.database, reference)).toEqual(await storedAlike(hub.database, byProgram));
      expect(answer.advice).toContain('999');
    }
  });

  it.each(['agency', 'agencyId', 'caller', 'channel', 'source', 'sourceCode', 'saidBy', 'by'])(
    'is of the agency of the person who is signed in, whatever a forged field %s says',
    async (name) => {
      const { visitor } = await aTeacher(newForm());
      const { action, method, pairs } = visitor.page.sendingBy(SEND, A_BOY);
      const sent = await visitor.send(method, action, [...pairs, [name, hub.agency.agencyId]]);
      expect(sent.leadsTo).toMatch(/^\/own-referrals\/MASH-/);
      expect(await howTheyCame(hub.database)).toEqual(['agency_form Hillbrook Primary partner']);
    },
  );

  it('is received once when its button is pressed twice, and its form is no form any more', async () => {
    const { visitor } = await aTeacher(newForm());
    const form = visitor.page;
    const received = await visitor.press(SEND, A_BOY, form);
    expect((await visitor.press(SEND, A_BOY, form)).path).toBe(received.path);
    expect(await hub.receivedCount()).toBe(1);
    expect((await visitor.types(SEND, A_BOY, form)).status).toBe(409);
    expect((await visitor.open(form.path)).path).toBe(received.path);
    expect((await visitor.open('/own-referrals')).headings()).not.toContain('Begun and not sent');
  });

  it('is received once when two windows send it at the same moment', async () => {
    const { visitor, partner } = await aTeacher(newForm());
    const other = await console.visitedBy(partner, visitor.page.path);
    const holder = await Holder.of(hub.url, 'LOCK TABLE referral IN SHARE MODE');
    const sent = Promise.all([visitor.press(SEND, A_BOY), other.press(SEND, A_BOY)]);
    await hub.untilWaiting(2);
    await holder.letGo();
    const [one, two] = await sent;
    expect([one.status, two.path, await hub.receivedCount()]).toEqual([200, one.path, 1]);
  });

  it('keeps a change after it was received, says that the hub does not have it, and makes it a form of its own', async () => {
    const { visitor } = await aTeacher(newForm());
    const form = visitor.page;
    await visitor.press(SEND, A_BOY, form);
    const again = await visitor.press(SEND, { ...A_BOY, 'First name': 'Una' }, form);
    expect([again.status, again.refusal]).toEqual([
      409,
      expect.stringContaining('This form has been received already'),
    ]);
    const anew = await visitor.press('Make it a form of its own');
    expect([anew.path === form.path, anew.field('First name').value]).toEqual([false, 'Una']);
    await visitor.press(SEND);
    expect(await hub.receivedCount()).toBe(2);
  });
});

describe('a form that is not sent', () => {
  it('is kept while its person signs out, is one of several, and no other person finds it', async () => {
    const { visitor, partner, agencyId } = await aTeacher(newForm());
    const at = visitor.page.path;
    const kept = await visitor.press(LATER, { 'First name': 'Tobias', 'Last name': 'Quarmby' });
    expect(kept.notices()[0]).toContain('It is not sent: the hub does not have it.');
    await visitor.open(newForm());
    await visitor.types(SEND, { 'First name': 'Una' });
    await visitor.send('POST', '/sign-out', (await visitor.open('/own-referrals')).sendingBy('Sign out').pairs);

    const back = await console.visitedBy(partner, '/own-referrals');
    expect([back.page.link('Tobias Quarmby'), back.page.links().includes('Una')]).toEqual([at, true]);
    expect((await back.click('Tobias Quarmby')).field('Last name').value).toBe('Quarmby');

    const colleague = await console.visitedBy(
      await addPartner(hub.database, agencyId, 'Cole of Hillbrook Primary'),
      '/own-referrals',
    );
    expect(colleague.page.headings()).not.toContain('Begun and not sent');
    expect((await colleague.open(at)).field('First name').value).toBe('');
    const { partner: police } = await hub.anAgency('Loomgate Police');
    expect((await console.visitedBy(police, at)).page.field('First name').value).toBe('');
    expect(await hub.receivedCount()).toBe(0);

    await back.open('/own-referrals');
    const discard = back.page.buttons().find((button) => button.startsWith('Discard the form about Una'));
    await back.press(discard!);
    expect(await draftsOfPerson(hub.database, partner.id)).toEqual(['own-referral']);
  });

  it('is gone a week after it was last saved', async () => {
    const { visitor, partner } = await aTeacher(newForm());
    await visitor.press(LATER, { 'First name': 'Tobias' });
    await hub.moveBy({ hours: 7 * 24 });
    const back = await console.visitedBy(partner, '/own-referrals');
    expect(back.page.headings()).not.toContain('Begun and not sent');
  });
});

describe('what became of a referral', () => {
  it('is told to its agency when the decision can not be taken back any more, in the words of the API', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const state = async () => (await visitor.open(`/own-referrals/${reference}`)).fact('How it stands');
    await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(await state()).toBe('The hub is working on it');
    await hub.decides(hub.socialWorker, reference, { outcome: 'early_help', thresholdLevel: 2 });
    expect(await state()).toBe('The hub is working on it');
    await hub.moveBy({ seconds: 31 });
    expect(await state()).toBe('Decided');
    const { text } = visitor.page;
    expect(text).toContain('We ask early help to work with the family, if the family agrees.');
    expect(text).toContain('If you do not agree');
    for (const secret of ['Sol Worker', 'amber', 'Amber', 'Rationale']) expect(text).not.toContain(secret);
    expect((await visitor.open('/own-referrals')).text).toContain('Decided');
  });

  it('is not told of a call of a neighbour, nor what the neighbour said, though the school is its agency', async () => {
    const { visitor, agencyId } = await aTeacher();
    const referral = aCoachMessagingChildren({ summary: 'The neighbour heard the marmaladecat through the wall.' });
    const { reference } = await hub.takeDown.execute({
      ...{ formId: randomUUID(), agencyId, caller: '1B', receivedBy: 'telephone', referral, by: hub.screener },
    });
    const names = referral.children.map(({ lastName }) => lastName!);
    for (const path of ['/own-referrals', `/own-referrals/${reference}`]) {
      const page = await visitor.open(path);
      expect([page.status, page.text]).toEqual([200, expect.stringContaining(reference)]);
      for (const secret of ['marmaladecat', referral.referrer.name, 'Sam Screener', ...names]) {
        expect([path, page.html]).toEqual([path, expect.not.stringContaining(secret)]);
      }
    }
    const body = visitor.page;
    expect(body.text).toContain('it may be the words of another person');
    await hub.decides(hub.socialWorker, reference);
    await hub.moveBy({ seconds: 31 });
    const allowed = async () => (await visitor.open(`/own-referrals/${reference}`)).text;
    expect(await allowed()).toContain('has written no answer here');
    const { id } = (await hub.whole.get(ReadFeedback).ofReferral(reference, hub.manager))[0]!;
    const leave = { reference, feedback: id, words: 'She is the aunt.', formId: randomUUID() };
    await hub.whole.get(AllowFeedback).execute({ ...leave, isAllowed: true, by: hub.manager });
    expect(await allowed()).toContain('To protect the family’s privacy we cannot say more.');
  });

  it('looks the same to its agency when the hub has restricted the referral', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const shown = async () => (await visitor.open(`/own-referrals/${reference}`)).text;
    const before = await shown();
    await hub.whole.get(RestrictReferral).execute({
      ...{ reference, category: 'adoption', reason: 'She is being adopted.', children: [], people: [] },
      ...{ formId: randomUUID(), by: hub.manager },
    });
    expect(await shown()).toBe(before);
    expect((await visitor.open('/own-referrals')).text).toContain('Tobias Quarmby');
  });
});

describe('what an agency adds to its referral', () => {
  it('is with the hub once, under the name of the person, and beside what was sent', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const form = await visitor.open(`/own-referrals/${reference}`);
    const more = { 'What does the hub have to know?': 'He slept at his aunt’s since Friday.' };
    expect((await visitor.press('Add it', more, form)).notices()).toEqual(['The hub has what you added.']);
    await visitor.press('Add it', more, form);
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
    expect(worker.page.html.match(/He slept at his aunt’s since Friday/g)).toHaveLength(1);
    expect(worker.page.text).toContain('Pat of Hillbrook Primary');
    expect((await visitor.press('Add it')).errors()).toEqual(['Write what the hub has to know']);
    const other = await visitor.press('Add it', { 'What does the hub have to know?': 'Another thing.' }, form);
    expect(other.status).toBe(409);
  });

  it('puts one field right, of those that it sent, and leaves what was sent', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const right = { 'What is wrong, or was left out?': 'Child 1, last name', 'What is right?': 'Quarmby-Hale' };
    const page = await visitor.press('Put it right', right);
    expect(page.text).toContain('Child 1, last name is: Quarmby-Hale');
    expect(page.heading).toBe('Tobias Quarmby');
    const choices = [...page.html.matchAll(/<option value="(\/[^"]+)"/g)].map(([, pointer]) => pointer!);
    expect(choices.length).toBeGreaterThan(40);
    expect(choices.filter((pointer) => /^\/(adults|otherAgencies|children\/1)/.test(pointer))).toEqual([]);
    for (const pointer of choices) {
      const { action, pairs } = visitor.page.sendingBy('Put it right', { 'What is right?': 'x' });
      const sent = pairs.map(([name, value]) => [name, name === 'pointer' ? pointer : value] as const);
      const fresh = sent.map(([name, value]) => [name, name === '_form' ? randomUUID() : value] as const);
      expect([pointer, (await visitor.send('POST', action, fresh)).status]).toEqual([pointer, 303]);
    }
    const forged = visitor.page
      .sendingBy('Put it right', { 'What is right?': 'x' })
      .pairs.map(([name, value]) => [name, name === 'pointer' ? '/rating' : value] as const);
    expect((await visitor.send('POST', `/own-referrals/${reference}/correction`, forged)).status).toBe(422);
  });

  it('asks to withdraw it, which leaves it open until a person decides', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const page = await visitor.press('Withdraw it', { 'Why do you withdraw it?': 'It was another boy.' });
    expect(page.text).toContain('withdrawn. It stays open until the hub decides');
    expect((await hub.queue('waiting', hub.screener)).lines.map((line) => line.reference)).toEqual([reference]);
  });
});

describe('another agency', () => {
  it('is answered for a referral that is not its own as for one that does not exist, and the record knows', async () => {
    const { visitor } = await aTeacher();
    const reference = await hasSent(visitor);
    const { partner } = await hub.anAgency('Loomgate Police');
    const police = await console.visitedBy(partner, '/own-referrals');
    expect(police.page.text).not.toContain('Tobias');
    const said = async (of: string) => {
      const { status, heading, text } = await police.open(`/own-referrals/${of}`);
      return [status, heading, text.replaceAll(of, '')];
    };
    expect(await said(reference)).toEqual(await said('MASH-0000-0000'));
    const form = police.page;
    const { pairs } = (await police.open('/own-referrals')).sendingBy('Sign out');
    for (const act of ['information', 'correction', 'withdrawal']) {
      const fields = [['words', 'x'], ['pointer', '/concern/summary'], ['value', 'x'], ['reason', 'x']] as const; // prettier-ignore
      const sent = [...pairs, ...fields];
      expect((await police.send('POST', `/own-referrals/${reference}/${act}`, sent)).status).toBe(404);
    }
    expect(form.status).toBe(404);
    const refused = await refusalsOnRecord(hub.database);
    expect(refused.filter((one) => one.reference === reference).length).toBeGreaterThan(0);
  });

  it('cannot send a form that a person of the first has sent, and makes no second referral', async () => {
    const { visitor } = await aTeacher(newForm());
    const at = visitor.page.path;
    await visitor.press(SEND, A_BOY);
    const { partner } = await hub.anAgency('Loomgate Police');
    const police = await console.visitedBy(partner, at);
    expect(police.page.heading).toBe('Refer a child');
    expect(police.page.text).not.toContain('Tobias');
    expect((await police.press(SEND, A_BOY)).status).toBe(409);
    expect(await hub.receivedCount()).toBe(1);
  });
});

it('a long list goes on page by page, each referral once', async () => {
  const { visitor, agencyId } = await aTeacher();
  const sent: string[] = [];
  for (let count = 0; count < 53; count++) sent.push(await hub.submit(aRoutineAmber(), agencyId));
  expect((await visitor.open('/own-referrals')).text).toContain('A program');
  const seen: string[] = [];
  for (let page = await visitor.open('/own-referrals'); ; page = await visitor.click('Earlier referrals')) {
    seen.push(...[...page.html.matchAll(/href="\/own-referrals\/(MASH-[^"]+)"/g)].map(([, reference]) => reference!));
    if (!page.links().includes('Earlier referrals')) break;
  }
  expect(seen.toSorted()).toEqual(sent.toSorted());
  expect((await visitor.open('/own-referrals?after=nonsense')).status).toBe(404);
}, 60_000);
