import { randomUUID } from 'node:crypto';
import { AnswerRequest, AddToReferral } from '#partners';
import { Refused } from '#platform';
import { ReadOwnInFull, SendByForm } from '#referrals';
import { RestrictReferral } from '#restrictions';
import { SERVICE, sql } from '#store';
import type { AgencyActor, StaffActor } from '#access';
import { addPartner } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aPoorAttender, aRoutineAmber } from '../support/referrals.ts';
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

describe('a person of an agency', () => {
  it('reads where a restricted referral of a colleague stands, and no word of it, and can still tell the hub more', async () => {
    const { partner, agencyId } = await hub.anAgency('Hillbrook Primary');
    const visitor = await console.visitedBy(partner, '/own-referrals');
    const { reference } = await hub.whole.get(SendByForm).execute({
      ...{ referral: aPoorAttender(), formId: randomUUID(), by: partner },
    });
    const byProgram = await hub.submit(aRoutineAmber(), agencyId);
    await visitor.open(`/own-referrals/${reference}`);
    await visitor.press('Add it', { 'What does the hub have to know?': 'He slept at his aunt’s.' });
    const colleague = await console.visitedBy(await addPartner(hub.database, agencyId, 'Col League'), '/own-referrals');
    const words = async () => {
      const pages = [`/own-referrals/${reference}`, `/own-referrals/${byProgram}`, '/own-referrals'];
      return (await Promise.all(pages.map((path) => colleague.open(path)))).map(({ text }) => text);
    };
    expect((await words())[0]).toContain('He slept at his aunt’s.');
    const sent = await Promise.all([reference, byProgram].map((one) => hub.read(one)));
    const names = sent.flatMap(({ children }) => children.map(({ lastName }) => lastName!));
    for (const one of [reference, byProgram])
      await hub.whole.get(RestrictReferral).execute({
        ...{ reference: one, category: 'staff_connection', reason: 'His mother teaches there.', children: [] },
        ...{ people: [], formId: randomUUID(), by: hub.manager },
      });
    const after = (await words()).join(' ');
    for (const word of [...names, 'attendance', 'his aunt', 'Pat of Hillbrook Primary'])
      expect([word, after.includes(word)]).toEqual([word, false]);
    expect(after).toContain(reference);
    expect(after).toContain('Only the person who sent this referral can read it here.');
    await colleague.open(`/own-referrals/${reference}`);
    const told = await colleague.press('Add it', { 'What does the hub have to know?': 'He is back home.' });
    expect(told.notices()).toEqual(['The hub has what you added.']);
    expect((await visitor.open(`/own-referrals/${reference}`)).text).toContain('He is back home.');
  });
});

it('the service and the walls agree what each person and program of each agency may do, restricted or not', async () => {
  const police = await hub.anAgency('Police');
  const housing = await hub.anAgency('Housing');
  const school = await hub.anAgency('Hillbrook Primary');
  const colleague = await addPartner(hub.database, school.agencyId, 'Col League');
  const program = (id: string): AgencyActor => ({ kind: 'agency', id, clientId: randomUUID(), scopes: [] });
  for (const isRestricted of [false, true]) {
    const { reference } = await hub.whole.get(SendByForm).execute({
      ...{ referral: aPoorAttender(), formId: randomUUID(), by: school.partner },
    });
    const request = await hub.asks(hub.socialWorker, reference, police.agencyId);
    if (isRestricted)
      await hub.whole.get(RestrictReferral).execute({
        ...{ reference, category: 'staff_connection', reason: 'His mother teaches there.', children: [], people: [] },
        ...{ formId: randomUUID(), by: hub.manager },
      });
    /** Whether an act was done; what was refused is not there, and has changed nothing. */
    const does = async (act: Promise<unknown>) => {
      const code = await act.then(
        () => null,
        (error: unknown) => (error instanceof Refused ? error.code : error),
      );
      expect([null, 'not-found']).toContain(code);
      return code === null;
    };
    const seenBy = async (by: StaffActor | AgencyActor) => ({
      words:
        by.kind === 'staff' &&
        (await hub.whole
          .get(ReadOwnInFull)
          .execute(reference, by)
          .then(
            ({ sent }) => sent !== null,
            () => false,
          )),
      wall: await hub.database.as(by).transaction(
        async (tx) =>
          (
            await tx.rows(sql`
            SELECT 1 FROM referral_child c JOIN referral r ON r.id = c.referral_id WHERE r.reference = ${reference}`)
          ).length > 0,
      ),
      adds: await does(
        hub.whole.get(AddToReferral).execute({
          ...{ kind: 'information', words: 'More.', saidBy: 'X', correction: null },
          ...{ reference, idempotencyKey: randomUUID(), by },
        }),
      ),
      answers: await does(
        by.kind === 'staff'
          ? hub.answers(by, request)
          : hub.whole.get(AnswerRequest).executeByApi({
              ...{ request, kind: 'nothing_known', words: '', leadWorker: '', lastContactOn: null },
              ...{ handling: 'receiving_service', by },
            }),
      ),
    });
    const ofSender = { wall: true, adds: true, answers: false };
    const ofAsked = { words: false, wall: true, adds: false, answers: true };
    const ofOther = { words: false, wall: false, adds: false, answers: false };
    for (const [who, by, expected] of [
      ['the sender', school.partner, { ...ofSender, words: true }],
      ['a colleague', colleague, { ...ofSender, words: !isRestricted }],
      ['a program of theirs', program(school.agencyId), { ...ofSender, words: false }],
      ['a person who is asked', police.partner, ofAsked],
      ['a program that is asked', program(police.agencyId), ofAsked],
      ['another person', housing.partner, ofOther],
      ['another program', program(housing.agencyId), ofOther],
    ] as const)
      expect([who, isRestricted, await seenBy(by)]).toEqual([who, isRestricted, expected]);
    const kept = await hub.database.as(SERVICE).rows(sql`
      SELECT (SELECT count(*)::int FROM referral_addition a WHERE a.referral_id = r.id) AS additions,
        (SELECT count(*)::int FROM information_answer a JOIN information_request q ON q.id = a.request_id WHERE q.referral_id = r.id) AS answers
      FROM referral r WHERE reference = ${reference}`);
    // The same answer is kept once.
    expect(kept).toEqual([{ additions: 3, answers: 1 }]);
  }
});
