import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { AnswerChallenge, MakeChallenge, ReadChallenges, ReplyToAnswer } from '#oversight';
import { SERVICE, sql } from '#store';
import { addStaff, type Member } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aBruisedBaby, aPoorAttender, aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let senior: Member;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  senior = await addStaff(hub.database, 'service_manager', [], 'Sen Service');
});
afterAll(() => hub.drop());

const challenges = async (by: StaffActor, reference: string, question = 'Why did this wait until noon?') =>
  hub.whole.get(MakeChallenge).execute({
    ...{ reference, aspect: 'pace', question, by, formId: randomUUID() },
    version: await hub.versionOf(reference),
  });
const answers = (by: StaffActor, challengeId: string, answer = 'We waited for the hospital.') =>
  hub.whole.get(AnswerChallenge).execute({ challengeId, answer, by, formId: randomUUID() });
const seen = async (id: string) => (await hub.whole.get(ReadChallenges).one({ id, by: hub.manager })).challenge;
const replies = async (by: StaffActor, challengeId: string, result: 'accepted' | 'returned', formId = randomUUID()) =>
  hub.whole.get(ReplyToAnswer).execute({
    ...{ challengeId, result, by, formId, answerId: (await seen(challengeId)).turns.at(-1)!.id },
    words: result === 'returned' ? 'The hospital answered at nine.' : null,
  });
const deadline = async (reference: string) =>
  hub.database
    .as(SERVICE)
    .row<{ rating: string; state: string; dueAt: Temporal.Instant }>(
      sql`SELECT rating, state, due_at AS "dueAt" FROM deadline WHERE kind = 'challenge' AND subject LIKE ${`${reference} %`}`,
    );

describe('a challenge', () => {
  it('is rated like its referral, due in one working day, and told to the practice manager at once', async () => {
    const red = await hub.submit(aBruisedBaby());
    const green = await hub.submit(aPoorAttender());
    await challenges(senior, red);
    await challenges(senior, green);
    for (const [reference, rating] of [
      [red, 'red'],
      [green, 'green'],
    ] as const) {
      expect(await deadline(reference)).toEqual({ rating, state: 'open', dueAt: hub.at('2026-11-24T10:00') });
    }
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('challenge')).toEqual([
      ['2026-11-23T10:00', 'practice_manager'],
      ['2026-11-23T10:00', 'practice_manager'],
    ]);
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('climbs to the service manager and the head of service, and tells who made it, until an answer is accepted', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await hub.decides(hub.socialWorker, reference);
    const id = await challenges(senior, reference);
    await hub.fireDue.execute();
    await hub.moveTo('2026-11-24T10:00');
    await hub.fireDue.execute();
    await answers(hub.manager, id);
    // Answered is not settled: the clock runs on.
    await hub.moveTo('2026-11-25T10:00');
    await hub.fireDue.execute();
    await replies(senior, id, 'returned');
    await hub.moveTo('2026-11-26T10:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('challenge')).toEqual([
      ['2026-11-23T10:00', 'practice_manager'],
      ['2026-11-24T10:00', 'owner practice_manager service_manager'],
      ['2026-11-25T10:00', 'owner service_manager head_of_service'],
      ['2026-11-26T10:00', 'owner service_manager head_of_service'],
    ]);
    expect(await hub.deliveriesTo(senior)).not.toEqual([]);
    await answers(hub.otherManager, id, 'You are right. We shall ask sooner.');
    await replies(senior, id, 'accepted');
    expect(await deadline(reference)).toMatchObject({ state: 'met', dueAt: hub.at('2026-11-24T10:00') });
    await hub.moveTo('2026-12-04T10:00');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('challenge')).toHaveLength(4);
    expect(await seen(id)).toMatchObject({
      state: 'settled',
      settledAt: hub.at('2026-11-26T10:00'),
      turns: [
        { by: 'Mel Manager', reply: { result: 'returned', words: 'The hospital answered at nine.' } },
        { by: 'Max Manager', reply: { result: 'accepted', words: null } },
      ],
    });
  });

  it('leaves the clock of its referral alone, and that leaves the clock of the challenge alone', async () => {
    const reference = await hub.submit(aRoutineAmber());
    await challenges(senior, reference);
    await hub.decides(hub.socialWorker, reference);
    expect((await deadline(reference))!.state).toBe('open');
    expect(await hub.invariants.execute()).toEqual([]);
  });

  it('is on the record and on the timeline of its referral, and its words are not on the record', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const id = await challenges(senior, reference, 'Why did Canaryella wait?');
    await answers(hub.manager, id, 'Canaryella was at school.');
    await replies(senior, id, 'accepted');
    const acts = (await hub.read(reference)).timeline.map(({ act }) => act);
    expect(acts).toEqual(expect.arrayContaining(['challenge.made', 'challenge.answered', 'challenge.accepted']));
    await hub.fireDue.execute();
    expect(await hub.textBesideReferrals()).not.toContain('Canaryella');
  });

  it('is refused a page that is older than the referral', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const version = await hub.versionOf(reference);
    await hub.claims(hub.socialWorker, reference);
    const late = { reference, aspect: 'quality', question: 'Why?', version, by: senior, formId: randomUUID() } as const;
    await expect(hub.whole.get(MakeChallenge).execute(late)).rejects.toMatchObject({ code: 'changed-meanwhile' });
  });

  it('is made once, answered once and accepted once when each form is sent twice', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const form = { reference, aspect: 'quality', question: 'Why?', by: senior, formId: randomUUID() } as const;
    const make = { ...form, version: await hub.versionOf(reference) };
    const id = await hub.whole.get(MakeChallenge).execute(make);
    expect(await hub.whole.get(MakeChallenge).execute(make)).toBe(id);
    const answer = { challengeId: id, answer: 'Because.', by: hub.manager, formId: randomUUID() };
    await hub.whole.get(AnswerChallenge).execute(answer);
    await hub.whole.get(AnswerChallenge).execute(answer);
    const formId = randomUUID();
    await replies(senior, id, 'accepted', formId);
    await replies(senior, id, 'accepted', formId);
    expect((await hub.whole.get(ReadChallenges).all(senior)).settled).toHaveLength(1);
    expect((await seen(id)).turns).toHaveLength(1);
  });
});

describe('an act that is refused:', () => {
  it('an answer of the person who made the challenge, and a second answer before the first has its reply', async () => {
    const id = await challenges(senior, await hub.submit(aRoutineAmber()));
    await expect(answers(senior, id)).rejects.toMatchObject({ code: 'challenger-cannot-answer' });
    await answers(hub.manager, id);
    await expect(answers(hub.otherManager, id)).rejects.toMatchObject({ code: 'challenge-has-moved-on' });
    await replies(senior, id, 'accepted');
    await expect(answers(hub.otherManager, id)).rejects.toMatchObject({ code: 'challenge-has-moved-on' });
    await expect(replies(senior, id, 'returned')).rejects.toMatchObject({ code: 'challenge-has-moved-on' });
  });

  it('a reply of another senior manager, unless the person who made the challenge has left', async () => {
    const other = await addStaff(hub.database, 'head_of_service', [], 'Hester Head');
    const id = await challenges(senior, await hub.submit(aRoutineAmber()));
    await answers(hub.manager, id);
    await expect(replies(other, id, 'accepted')).rejects.toMatchObject({ code: 'only-the-challenger-replies' });
    await hub.database.as(SERVICE).run(sql`UPDATE staff_member SET is_active = false WHERE id = ${senior.id}`);
    await replies(other, id, 'accepted');
    expect(await seen(id)).toMatchObject({ state: 'settled', isOrphaned: true });
  });

  it('a reply to an answer that the page did not show', async () => {
    const id = await challenges(senior, await hub.submit(aRoutineAmber()));
    await answers(hub.manager, id);
    const older = (await seen(id)).turns[0]!.id;
    await replies(senior, id, 'returned');
    await answers(hub.manager, id, 'Another answer.');
    const reply = { challengeId: id, answerId: older, result: 'accepted', words: null, by: senior } as const;
    await expect(hub.whole.get(ReplyToAnswer).execute({ ...reply, formId: randomUUID() })).rejects.toMatchObject({
      code: 'challenge-has-moved-on',
    });
  });

  it('of two managers who answer at one moment, the second', async () => {
    const id = await challenges(senior, await hub.submit(aRoutineAmber()));
    const settled = await Promise.allSettled([answers(hub.manager, id), answers(hub.otherManager, id)]);
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await seen(id)).turns).toHaveLength(1);
  });
});

it('the database changes no challenge, answer or reply', async () => {
  const id = await challenges(senior, await hub.submit(aRoutineAmber()));
  await answers(hub.manager, id);
  await replies(senior, id, 'accepted');
  for (const statement of [
    sql`UPDATE challenge SET question = 'x'`,
    sql`DELETE FROM challenge_answer`,
    sql`UPDATE challenge_reply SET result = 'returned'`,
  ]) {
    await expect(hub.database.as(SERVICE).run(statement)).rejects.toThrow(/append-only/);
  }
});
