import { randomUUID } from 'node:crypto';
import { HANDLING_WORDS, HANDLINGS } from '#domain';
import { createHub, type Hub } from '../support/hub.ts';
import { pagesOf } from '../support/pages-of-the-console.ts';
import { aCoachMessagingChildren, aFamilyShortOfMoney, aRoutineAmber } from '../support/referrals.ts';
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

const POLICE = 'Loomgate Police';
const ASKED = {
  [POLICE]: true,
  'What do you need to know?': 'Reports of the last year at the address.',
  'Why do you need it now?': 'We decide today.',
  'Under which power?': 'Section 47(9), Children Act 1989: help with enquiries about significant harm',
};
const KNOWN = {
  'What is known?': 'Known',
  'What is known, or why it is refused': 'Two reports, in March and in May.',
  'Lead worker at the agency': 'PC Amos',
  'Last contact with the children': '2026-05-04',
  'How may the answer be handled?': HANDLING_WORDS.receiving_service,
};

it('a worker asks the police, who answer in the console, and the answer stands beside the decision', async () => {
  const { partner } = await hub.anAgency(POLICE);
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/agencies`);
  expect(worker.page.text).toContain('No agency has been asked about this referral.');
  const asked = await worker.press('Ask them', ASKED);
  expect(asked.notices()).toEqual([`One agency is asked about ${reference}.`]);
  expect(asked.text).toContain('6 hours left');

  const police = await console.visitedBy(partner, '/');
  await police.click('One request of the hub waits for your answer');
  expect(police.page.path).toBe('/requests');
  expect(police.page.text).toContain('Reports of the last year at the address.');
  await police.open(police.page.attributes('href').find((href) => href.startsWith('/requests/'))!);
  expect(police.page.text).toContain('Section 47(9)');
  const refused = await police.press('Send the answer');
  expect(refused.wordsOfEach('.govuk-error-summary li')).toEqual([
    'Select what is known',
    'Select how the answer may be handled',
  ]);
  const sent = await police.press('Send the answer', KNOWN);
  expect([sent.path, sent.notices()]).toEqual(['/requests', ['The answer is with the hub.']]);
  expect(sent.text).toContain('1 of 1 answers came in time.');

  for (const path of ['', '/decision', '/agencies', '/print']) {
    const { text } = await worker.open(`/referrals/${reference}${path}`);
    expect([path, text]).toEqual([path, expect.stringContaining('Two reports, in March and in May.')]);
    expect([path, text]).toEqual([path, expect.stringContaining('Lead worker: PC Amos.')]);
  }
  const beside = await worker.open(`/referrals/${reference}/decision`);
  const inView = 'Children: Riley Chadderton, 15 Adults:';
  expect(beside.text).toContain(inView);
  expect(beside.text).toContain(
    'Household: no others known Other referrals: none known Agencies: Loomgate Police: known',
  );
  expect((await worker.open(`/referrals/${reference}/timeline`)).text).toContain(
    'Asked an agency for information: Loomgate Police',
  );
});

it.each([
  [
    {},
    [
      'Select the agencies that you ask',
      'Say what you need to know',
      'Say why you need it now',
      'Select the power under which you ask',
    ],
  ],
  [{ ...ASKED, 'What do you need to know?': ' ' }, ['Say what you need to know']],
  [{ ...ASKED, [POLICE]: false }, ['Select the agencies that you ask']],
])('a request with %j is refused with words, and kept in the form', async (answers, errors) => {
  await hub.anAgency(POLICE);
  const reference = await hub.submit(aRoutineAmber());
  const worker = await console.visitedBy(hub.screener, `/referrals/${reference}/agencies`);
  const page = await worker.press('Ask them', answers);
  expect([page.status, page.wordsOfEach('.govuk-error-summary li')]).toEqual([422, errors]);
  expect(await hub.requestsOf(reference)).toEqual([]);
});

it('the hub writes down what an agency says by telephone, reminds it, and withdraws what it does not need', async () => {
  const reference = await hub.submit(aRoutineAmber());
  const first = await hub.asks(hub.screener, reference, hub.agency.agencyId);
  const worker = await console.visitedBy(hub.screener, `/requests/${first}`);
  const reminded = await worker.press('Add the reminder', {
    'Whom did you remind, and what did they say?': 'Ms Vale: today',
  });
  expect(reminded.text).toContain('Sam Screener, 10am today: Ms Vale: today');
  const unnamed = await worker.press('Add the answer', KNOWN);
  expect(unnamed.wordsOfEach('.govuk-error-summary li')).toEqual(['Say who at the agency said it']);
  const tomorrow = await worker.press('Add the answer', { 'Last contact with the children': '2026-11-24' });
  expect(tomorrow.wordsOfEach('.govuk-error-summary li')).toContain('The last contact must be today or before');
  const written = await worker.press('Add the answer', {
    'Last contact with the children': '2026-11-23',
    'Who at the agency said it, and how': 'Ms Vale, by telephone',
  });
  expect(written.text).toContain('Ms Vale, by telephone, written down by Sam Screener');
  const other = await hub.anAgency(POLICE);
  await worker.open(`/requests/${await hub.asks(hub.screener, reference, other.agencyId)}`);
  const withdrawn = await worker.press('Withdraw the request', {
    'Why is the answer not needed any more?': 'They moved away',
  });
  expect(withdrawn.text).toContain('The hub has withdrawn this request: They moved away');
});

it('a decision says which agency it was made without, and the decider reads the late answer', async () => {
  const { agencyId, partner } = await hub.anAgency(POLICE);
  const reference = await hub.submit(aCoachMessagingChildren());
  const request = await hub.asks(hub.screener, reference, agencyId);
  await hub.decides(hub.socialWorker, reference);
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}`);
  expect(worker.page.text).toContain('Decided without it.');
  expect((await worker.open(`/referrals/${reference}/timeline`)).text).toContain(
    `Decided without an answer: of ${POLICE}`,
  );
  await hub.answers(partner, request, { kind: 'known', words: 'He is on bail.' });
  await hub.fireDue.execute();
  const alerts = await worker.open('/alerts');
  expect(alerts.text).toContain(`${reference}: An agency answered after the decision`);
  await worker.open(`/requests/${request}`);
  const read = await worker.press('I have read it', { 'What follows from the late answer?': 'The decision stands.' });
  expect(read.text).toContain('Read by Sol Worker, 10am today: The decision stands.');
  expect((await worker.open('/alerts')).text).not.toContain('An agency answered after the decision');
});

it.each(HANDLINGS)('an answer that is marked %s is seen where it may be, and nowhere else', async (handling) => {
  const canary = 'CANARY-QX7';
  const { agencyId, partner } = await hub.anAgency(POLICE);
  const reference = await hub.submit(aFamilyShortOfMoney());
  const answer = { kind: 'known', words: canary, leadWorker: canary, handling } as const;
  await hub.answers(partner, await hub.asks(hub.screener, reference, agencyId), answer);
  const manager = await console.visitedBy(hub.manager);
  const mayLeave = handling === 'may_share_with_family' || handling === 'receiving_service';
  const seenOn: string[] = [];
  const pages = [...pagesOf('Mel Manager', reference), `/referrals/${reference}/for-family`];
  for (const path of pages) {
    if ((await manager.open(path)).text.includes(canary)) seenOn.push(path);
  }
  expect(seenOn).toEqual([
    `/referrals/${reference}`,
    ...(mayLeave ? [`/referrals/${reference}/print`] : []),
    `/referrals/${reference}/agencies`,
    `/referrals/${reference}/rating`,
    `/referrals/${reference}/decision`,
    ...(handling === 'may_share_with_family' ? [`/referrals/${reference}/for-family`] : []),
  ]);
  await hub.fireDue.execute();
  expect(JSON.stringify(await hub.readAlerts.execute({ by: hub.manager }))).not.toContain(canary);
});

it('the note of the hub on a late answer is on pages of the hub alone', async () => {
  const { agencyId, partner } = await hub.anAgency(POLICE);
  const reference = await hub.submit(aCoachMessagingChildren());
  const request = await hub.asks(hub.screener, reference, agencyId);
  await hub.decides(hub.socialWorker, reference);
  await hub.answers(partner, request, { kind: 'known', words: 'On bail.', handling: 'may_share_with_family' });
  const [{ answers }] = (await hub.requestsOf(reference)) as [Awaited<ReturnType<Hub['requestsOf']>>[0]];
  const read = { answer: answers[0]!.id, note: 'CANARY-QX7', formId: randomUUID(), by: hub.socialWorker };
  await hub.partners.readLate.execute(read);
  const manager = await console.visitedBy(hub.manager);
  const police = await console.visitedBy(partner, '/requests');
  expect((await manager.open(`/referrals/${reference}/agencies`)).text).toContain('CANARY-QX7');
  for (const path of ['/print', '/for-family']) {
    const { text } = await manager.open(`/referrals/${reference}${path}`);
    expect([path, text]).toEqual([path, expect.stringContaining('On bail.')]);
    expect([path, text]).toEqual([path, expect.not.stringContaining('CANARY-QX7')]);
  }
  const { text } = await police.open(`/requests/${request}`);
  expect([text.includes('On bail.'), /CANARY-QX7|after the decision|has decided/.test(text)]).toEqual([true, false]);
});

describe('a partner', () => {
  it('opens the requests to its own agency, and no page of the hub', async () => {
    const [own, other] = [await hub.anAgency(POLICE), await hub.anAgency('Loomgate Health')];
    const reference = await hub.submit(aRoutineAmber());
    const theirs = await hub.asks(hub.screener, reference, other.agencyId);
    const mine = await hub.asks(hub.screener, reference, own.agencyId);
    const partner = await console.visitedBy(own.partner, '/requests');
    const closed = [...new Set([...pagesOf('Mel Manager', reference), ...pagesOf('Ada Auditor', reference)])].filter(
      // Where a person is signed in is a page for each.
      (path) => !['/help', '/accessibility', '/privacy', '/preferences'].includes(path),
    );
    for (const path of [...closed, `/requests/${theirs}`, '/requests/none', '/live']) {
      expect([path, (await partner.get(path)).status]).toEqual([path, 404]);
    }
    expect((await partner.get(`/requests/${mine}`)).status).toBe(200);
    const csrf = partner.page.sendingBy('Sign out').pairs.find(([name]) => name === '_csrf')!;
    for (const act of ['chase', 'withdraw', 'late']) {
      expect((await partner.send('POST', `/requests/${mine}/${act}`, [csrf])).status).toBe(404);
    }
  });

  it('is not among the people of the hub to whom a referral is assigned or a turn is given', async () => {
    await hub.anAgency(POLICE);
    await hub.submit(aRoutineAmber());
    const manager = await console.visitedBy(hub.manager);
    for (const path of [
      '/workload',
      '/rota',
      '/rota/turn',
      '/oversight/team',
      '/oversight/supervision/new',
      `/queue?view=waiting`,
    ]) {
      expect([path, (await manager.open(path)).text]).toEqual([path, expect.not.stringContaining(`Pat of ${POLICE}`)]);
    }
    const { people } = await hub.readHolders.execute(hub.manager);
    expect(JSON.stringify(people)).not.toContain(`Pat of ${POLICE}`);
  });
});

it.each([
  ['strategy_discussion', 4],
  ['refer_to_lado', 3],
] as const)('the sheet for the family does not say that the decision is %s', async (outcome, thresholdLevel) => {
  const reference = await hub.submit(aCoachMessagingChildren());
  await hub.decides(hub.socialWorker, reference, { outcome, thresholdLevel, noDiscussionReason: 'Told.' });
  if ((await hub.read(reference)).status === 'awaiting_sign_off') await hub.signsOff(hub.otherManager, reference);
  const worker = await console.visitedBy(hub.socialWorker, `/referrals/${reference}/for-family`);
  expect(worker.page.text).toContain('A decision has been made. A social worker tells the family of it.');
  expect(worker.page.text).not.toMatch(/strategy|LADO/i);
});
