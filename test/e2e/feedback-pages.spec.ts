import { randomUUID } from 'node:crypto';
import { createHub, type Hub } from '../support/hub.ts';
import { aDecision } from '../support/page/answers.ts';
import { aCoachMessagingChildren, aPoorAttender } from '../support/referrals.ts';
import { RunningApi } from '../support/running-api.ts';
import { RunningConsole } from '../support/running-console.ts';

let hub: Hub;
let console: RunningConsole;
let api: RunningApi;
beforeAll(async () => {
  hub = await createHub();
  [console, api] = [await RunningConsole.start(hub), await RunningApi.start(hub.url)];
});
beforeEach(() => hub.reset());
afterAll(async () => {
  await Promise.all([console.stop(), api.stop()]);
  await hub.drop();
});

/** A decided referral whose referrer gave no address, after the time to take it back. */
async function toBeTold(story = aCoachMessagingChildren) {
  const reference = await hub.submit(story({ referrerEmail: null }));
  await hub.decides(hub.socialWorker, reference);
  await hub.moveBy({ minutes: 1 });
  return reference;
}

/** The same of a caller who calls for no agency. */
async function ofThePublic(caller: '1B' | '9') {
  const { reference } = await hub.takeDown.execute({
    ...{ formId: randomUUID(), agencyId: hub.agency.agencyId, caller, receivedBy: 'telephone', by: hub.screener },
    referral: aCoachMessagingChildren({ referrerEmail: null }),
  });
  await hub.decides(hub.socialWorker, reference);
  await hub.moveBy({ minutes: 1 });
  return reference;
}

const feedbackAt = (reference: string) => `/referrals/${reference}/feedback`;
const TOLD = {
  'How did you tell them?': 'By telephone',
  'Whom you told, and what was said': 'Ms Hale, the head.\nShe will support him.',
};

describe('telling the referrer', () => {
  it('is a line of the list until a person records that they told them, and stands on every page of the referral', async () => {
    const reference = await toBeTold();
    const screener = await console.visitedBy(hub.screener, '/feedback');
    const before = await screener.open('/feedback');
    expect([before.heading, before.text.includes(reference)]).toEqual(['Telling referrers', true]);
    expect(before.text).toContain('because they gave no e-mail address');
    const page = await screener.open(feedbackAt(reference));
    expect(page.text).toContain('A social worker assesses what help the child and the family need.');
    const done = await screener.press('Record that', TOLD);
    expect([done.path, done.notices()]).toEqual([`/referrals/${reference}`, [`${reference}: the referrer is told.`]]);
    for (const path of ['', '/timeline', '/print', '/feedback']) {
      const { text } = await screener.open(`/referrals/${reference}${path}`);
      expect([path, text]).toEqual([path, expect.stringContaining('Ms Hale, the head. She will support him.')]);
      expect([path, text]).toEqual([path, expect.stringMatching(/by telephone/i)]);
    }
    const after = await screener.open('/feedback');
    expect([after.heading, after.text.includes(reference)]).toEqual(['Telling referrers', false]);
    expect((await screener.open('/feedback?view=settled')).text).toContain(reference);
  });

  it('has the longest wait first, and marks who was to be told before now', async () => {
    const first = await toBeTold();
    await hub.moveTo('2026-11-24T10:30');
    const second = await toBeTold(aPoorAttender);
    const { text } = await (await console.visitedBy(hub.screener, '/feedback')).open('/feedback');
    expect(text.indexOf(first)).toBeGreaterThan(0);
    expect(text.indexOf(first)).toBeLessThan(text.indexOf(second));
    expect(text.match(/\bLate\b/g)).toHaveLength(1);
    expect(text).toContain(
      'Of the 1 professional referrer who had to be told in the last 28 days, 0 were told in time.',
    );
  });

  it.each([
    [{}, ['Select how you told them', 'Enter whom you told and what was said']],
    [{ 'How did you tell them?': 'In person' }, ['Enter whom you told and what was said']],
    [{ 'Whom you told, and what was said': 'The head' }, ['Select how you told them']],
  ])('with the answers %j is refused with words, and nothing is recorded', async (answers, errors) => {
    const reference = await toBeTold();
    const screener = await console.visitedBy(hub.screener, feedbackAt(reference));
    const page = await screener.press('Record that', answers);
    expect([page.status, page.wordsOfEach('.govuk-error-summary li')]).toEqual([422, errors]);
    expect(await hub.entryCountOf(reference, 'feedback.told')).toBe(0);
  });

  it('is recorded once when its form is sent twice, and a second person is told that it is done', async () => {
    const reference = await toBeTold();
    const [screener, worker] = [
      await console.visitedBy(hub.screener, feedbackAt(reference)),
      await console.visitedBy(hub.socialWorker, feedbackAt(reference)),
    ];
    const form = await screener.open(feedbackAt(reference));
    const theirs = await worker.open(feedbackAt(reference));
    await screener.press('Record that', TOLD, form);
    await screener.press('Record that', TOLD, form);
    const late = await worker.press('Record that', TOLD, theirs);
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('Nothing is left to tell the referrer')]);
    expect(await hub.entryCountOf(reference, 'feedback.told')).toBe(1);
  });

  it('is left undone by a manager with a reason, and by no other person', async () => {
    const reference = await toBeTold();
    const worker = await console.visitedBy(hub.socialWorker, feedbackAt(reference));
    const offered = await worker.open(feedbackAt(reference));
    expect([offered.heading, offered.text.includes('They will not be told')]).toEqual(['Telling the referrer', false]);
    const { pairs } = offered.sendingBy('Record that');
    const refused = await worker.send('POST', `${feedbackAt(reference)}/untold`, [
      ...pairs,
      ['untoldReason', 'No time'],
    ]);
    expect(refused.status).toBe(404);
    const manager = await console.visitedBy(hub.manager, feedbackAt(reference));
    const done = await manager.press('Record why', { 'Why are they not told?': 'She left the school.' });
    expect(done.notices()).toEqual([`${reference}: the referrer will not be told.`]);
    expect((await manager.open(`/referrals/${reference}`)).text).toContain('She left the school.');
  });
});

describe('a referrer who is a person of the public', () => {
  it('waits for a manager, who allows it with a reason; only then a person tells them', async () => {
    const reference = await ofThePublic('1B');
    const screener = await console.visitedBy(hub.screener, feedbackAt(reference));
    const waits = await screener.open(feedbackAt(reference));
    expect(waits.text).toContain('a manager says whether they may be told');
    expect(waits.text).not.toContain('May this person be told?');
    expect(waits.text).not.toContain('A social worker assesses');
    const manager = await console.visitedBy(hub.manager, '/feedback?view=awaiting_leave');
    expect((await manager.open('/feedback?view=awaiting_leave')).text).toContain(reference);
    await manager.open(feedbackAt(reference));
    const nothing = await manager.press('Record your answer', {});
    expect(nothing.wordsOfEach('.govuk-error-summary li')).toEqual(['Select whether they may be told', 'Enter why']);
    await manager.press('Record your answer', { 'May this person be told?': 'Yes', 'Why?': 'She is the aunt.' });
    const told = await (async () => {
      await screener.open(feedbackAt(reference));
      return screener.press('Record that', TOLD);
    })();
    expect(told.notices()).toEqual([`${reference}: the referrer is told.`]);
    expect((await screener.open(`/referrals/${reference}/timeline`)).text).toContain('She is the aunt.');
  });

  it('is owed nothing when anonymous, and the page says so', async () => {
    const reference = await ofThePublic('9');
    const manager = await console.visitedBy(hub.manager, `/referrals/${reference}`);
    expect((await manager.open(`/referrals/${reference}`)).text).toContain('The referrer is anonymous');
    const list = await manager.open('/feedback');
    expect([list.heading, list.text.includes(reference)]).toEqual(['Telling referrers', false]);
  });
});

describe('what the decider writes for the referrer', () => {
  const FIELD = 'Why, in brief, for the referrer';
  const ASSESSMENT = 'Child and family assessment';
  const answers = (more: Record<string, string>) =>
    aDecision(ASSESSMENT, { 'Which level of need?': 'Level 3: Targeted', ...more });

  it('is proposed by the outcome on the page of the check, and read by the agency through the API', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    const check = await worker.press('Check your answers', answers({}));
    expect([check.heading, check.text]).toEqual([
      'Check your answers',
      expect.stringContaining('The child may need help that only children’s social care can give.'),
    ]);
    await worker.open(`/referrals/${reference}/decision`);
    await worker.press('Check your answers', answers({ [FIELD]: 'The coach works in two clubs.' }));
    await worker.press('Record the decision');
    const path = `/api/v1/referrals/${reference}`;
    expect((await api.get(path, hub.agency.token)).body).not.toHaveProperty('feedback');
    await hub.moveBy({ seconds: 31 });
    expect((await api.get(path, hub.agency.token)).body).toMatchObject({
      status: 'decided',
      feedback: {
        decided: 'A social worker assesses what help the child and the family need.',
        reason: 'The coach works in two clubs.',
        asked: expect.stringContaining('supporting the child'),
        toAddInformation: expect.stringContaining('give the reference'),
        toChallenge: expect.stringContaining('ask for a manager'),
      },
    });
  });

  it('may not be the rationale', async () => {
    const reference = await hub.submit(aCoachMessagingChildren());
    const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/decision`);
    const rationale = 'The coach sent messages at night to three boys, and the club knew of it since May.';
    const page = await worker.press('Check your answers', answers({ Rationale: rationale, [FIELD]: rationale }));
    expect([page.status, page.wordsOfEach('.govuk-error-summary li')]).toEqual([
      422,
      ['Write other words for the referrer: the rationale stays in the hub'],
    ]);
  });
});
