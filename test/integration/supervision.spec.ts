import { randomUUID } from 'node:crypto';
import { STAFF_ROLES, type StaffActor } from '#access';
import {
  DoAction,
  manages,
  MakeChallenge,
  ReadNotes,
  rolesManagedBy,
  WriteNote,
  type WriteNoteCommand,
} from '#oversight';
import { SERVICE, sql } from '#store';
import { addStaff, type Member } from '../support/agencies-and-staff.ts';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';

let hub: Hub;
let senior: Member;
let head: Member;
let auditor: Member;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  senior = await addStaff(hub.database, 'service_manager', [], 'Sen Service');
  head = await addStaff(hub.database, 'head_of_service', [], 'Hester Head');
  auditor = await addStaff(hub.database, 'auditor', [], 'Ada Auditor');
});
afterAll(() => hub.drop());

const anAction = (owner: StaffActor, dueOn = '2026-11-25', words = 'Read the chronology first.') => ({
  ...{ words, dueOn, ownerId: owner.id },
});
const writes = (by: StaffActor, worker: StaffActor, more: Partial<WriteNoteCommand> = {}) =>
  hub.whole.get(WriteNote).execute({
    ...{ workerId: worker.id, words: 'We talked about the rationale.', about: null, actions: [] },
    ...{ by, formId: randomUUID() },
    ...more,
  });
const reads = async (by: StaffActor, id: string) => (await hub.whole.get(ReadNotes).one({ id, by })).note;
const lists = async (by: StaffActor) => (await hub.whole.get(ReadNotes).all(by)).notes;
const does = (by: StaffActor, noteId: string, actionId: string, formId = randomUUID()) =>
  hub.whole.get(DoAction).execute({ noteId, actionId, words: null, by, formId });

describe('a supervision note', () => {
  it('is read by its worker, by who wrote it and by those who manage the worker, and by no other person', async () => {
    const id = await writes(hub.manager, hub.socialWorker);
    for (const reader of [hub.socialWorker, hub.manager, hub.otherManager, senior, head]) {
      expect(await reads(reader, id)).toMatchObject({ worker: 'Sol Worker', by: 'Mel Manager' });
      expect(await lists(reader)).toHaveLength(1);
    }
    for (const other of [hub.screener, auditor]) {
      await expect(reads(other, id)).rejects.toMatchObject({ code: 'not-found', isByPolicy: true });
      expect(await lists(other)).toEqual([]);
    }
  });

  it('to a manager is not read by managers beside them', async () => {
    const id = await writes(senior, hub.manager);
    await expect(reads(hub.otherManager, id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await reads(head, id)).toMatchObject({ worker: 'Mel Manager' });
  });

  it('goes to people whom its writer manages, and to no one else', async () => {
    for (const [by, worker] of [
      [hub.manager, hub.otherManager],
      [hub.manager, senior],
      [hub.manager, hub.manager],
      [senior, head],
      [senior, auditor],
      [head, head],
      [hub.manager, { ...hub.screener, id: randomUUID() }],
    ] as const) {
      await expect(writes(by, worker)).rejects.toMatchObject({ code: 'not-to-this-person' });
    }
    await hub.database.as(SERVICE).run(sql`UPDATE staff_member SET is_active = false WHERE id = ${hub.screener.id}`);
    await expect(writes(hub.manager, hub.screener)).rejects.toMatchObject({ code: 'not-to-this-person' });
  });

  it('is about a referral, a challenge, or nothing; a thing that is not there is refused', async () => {
    const reference = await hub.submit(aRoutineAmber());
    const challengeId = await hub.whole.get(MakeChallenge).execute({
      ...{ reference, aspect: 'quality', question: 'Why?', by: senior, formId: randomUUID() },
      version: await hub.versionOf(reference),
    });
    const about = (subject: WriteNoteCommand['about']) => writes(senior, hub.socialWorker, { about: subject });
    const ofReferral = await about({ kind: 'referral', reference });
    const ofChallenge = await about({ kind: 'challenge', id: challengeId });
    expect(await reads(hub.socialWorker, ofReferral)).toMatchObject({ about: 'referral', reference, aboutId: null });
    expect(await reads(senior, ofChallenge)).toMatchObject({ about: 'challenge', reference, aboutId: challengeId });
    for (const missing of [
      { kind: 'referral', reference: 'MASH-0000-0000' },
      { kind: 'challenge', id: randomUUID() },
      { kind: 'challenge', id: 'x' },
      { kind: 'sample', id: challengeId },
    ] as const) {
      await expect(about(missing)).rejects.toMatchObject({ code: 'not-found' });
    }
    // What is written to a person is not for all who open the referral.
    expect((await hub.read(reference)).timeline.map(({ act }) => act)).not.toContain('supervision.written');
  });

  it('is written once when its form is sent twice, with each of its actions once', async () => {
    const form = { formId: randomUUID(), actions: [anAction(hub.socialWorker), anAction(hub.manager)] };
    const [first, second] = await Promise.all([
      writes(hub.manager, hub.socialWorker, form),
      writes(hub.manager, hub.socialWorker, form),
    ]);
    expect(second).toBe(first);
    expect(await reads(hub.manager, first)).toMatchObject({
      actions: [{ owner: 'Sol Worker' }, { owner: 'Mel Manager' }],
    });
    expect(await hub.deadlineCount('supervision_action')).toBe(2);
    expect(await lists(hub.socialWorker)).toMatchObject([{ open: 2, overdue: 0, nextDueOn: '2026-11-25' }]);
  });

  it('takes no action of a past day, nor of a person who would not see it', async () => {
    const note = (action: object) => writes(hub.manager, hub.socialWorker, { actions: [action as never] });
    await expect(note(anAction(hub.socialWorker, '2026-11-22'))).rejects.toMatchObject({ code: 'due-day-is-past' });
    await note(anAction(hub.socialWorker, '2026-11-23'));
    for (const owner of [hub.screener, auditor]) {
      await expect(note(anAction(owner))).rejects.toMatchObject({ code: 'not-to-this-person' });
    }
    await note(anAction(senior));
  });
});

describe('an action', () => {
  it('alerts its owner when its day is past, then the managers too, until the owner has done it', async () => {
    const id = await writes(hub.manager, hub.socialWorker, { actions: [anAction(hub.socialWorker)] });
    await hub.moveTo('2026-11-26T08:29');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('supervision_action')).toEqual([]);
    await hub.moveTo('2026-11-26T08:30');
    await hub.fireDue.execute();
    expect(new Set((await hub.deliveries()).map(({ recipientId }) => recipientId))).toEqual(
      new Set([hub.socialWorker.id]),
    );
    expect((await hub.readAlerts.execute({ by: hub.socialWorker })).service).toMatchObject([
      { kind: 'supervision_action', told: ['owner'] },
    ]);
    // It is no affair of colleagues.
    expect((await hub.readAlerts.execute({ by: hub.screener })).service).toEqual([]);
    await hub.moveTo('2026-11-27T08:30');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('supervision_action')).toEqual([
      ['2026-11-26T08:30', 'owner'],
      ['2026-11-27T08:30', 'owner practice_manager'],
    ]);
    expect(await lists(hub.socialWorker)).toMatchObject([{ open: 1, overdue: 1 }]);
    const { actions } = await reads(hub.socialWorker, id);
    await does(hub.socialWorker, id, actions[0]!.id);
    await hub.moveTo('2026-12-11T08:30');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('supervision_action')).toHaveLength(2);
    expect(await lists(hub.socialWorker)).toMatchObject([{ open: 0, overdue: 0, nextDueOn: null }]);
  });

  it('of an owner who is away alerts the practice manager instead', async () => {
    await writes(hub.manager, hub.socialWorker, { actions: [anAction(hub.socialWorker)] });
    await hub.database.as(SERVICE).run(sql`
      INSERT INTO absence (id, staff_member_id, starts_at, ends_at)
      VALUES (${randomUUID()}, ${hub.socialWorker.id}, ${hub.at('2026-11-24T00:00')}, ${hub.at('2026-12-24T00:00')})`);
    await hub.moveTo('2026-11-26T08:30');
    await hub.fireDue.execute();
    expect(await hub.alertsOfKind('supervision_action')).toEqual([['2026-11-26T08:30', 'practice_manager']]);
  });

  it('of a manager goes up to the service manager, and names no person in its message', async () => {
    await writes(senior, hub.manager, { actions: [anAction(hub.manager, '2026-11-23', 'Canaryella needs a visit.')] });
    for (const day of ['2026-11-24', '2026-11-25']) {
      await hub.moveTo(`${day}T08:30`);
      await hub.fireDue.execute();
    }
    expect((await hub.alertsOfKind('supervision_action')).map(([, told]) => told)).toEqual([
      'owner',
      'owner service_manager',
    ]);
    expect(await hub.textBesideReferrals()).not.toContain('Canaryella');
  });

  it('is done by its owner, once, and for one who has left by a manager', async () => {
    const id = await writes(hub.manager, hub.socialWorker, {
      actions: [anAction(hub.socialWorker), anAction(hub.socialWorker)],
    });
    const [first, second] = (await reads(hub.manager, id)).actions.map((action) => action.id);
    await expect(does(hub.manager, id, first!)).rejects.toMatchObject({ code: 'action-of-another' });
    await expect(does(hub.screener, id, first!)).rejects.toMatchObject({ code: 'not-found' });
    await expect(does(hub.socialWorker, randomUUID(), first!)).rejects.toMatchObject({ code: 'not-found' });
    const formId = randomUUID();
    await does(hub.socialWorker, id, first!, formId);
    await does(hub.socialWorker, id, first!, formId);
    await expect(does(hub.socialWorker, id, first!)).rejects.toMatchObject({ code: 'action-already-done' });
    await hub.database
      .as(SERVICE)
      .run(sql`UPDATE staff_member SET is_active = false WHERE id = ${hub.socialWorker.id}`);
    await does(hub.manager, id, second!);
    expect((await reads(hub.manager, id)).actions).toMatchObject([
      { done: { by: 'Sol Worker' } },
      { done: { by: 'Mel Manager' }, isOrphaned: true },
    ]);
  });
});

it('no role manages itself but that of the head of service, and no role manages upwards', () => {
  const rank = ['screener', 'social_worker', 'manager', 'service_manager', 'head_of_service'];
  for (const one of STAFF_ROLES) {
    for (const other of STAFF_ROLES) {
      const isAbove = rank.indexOf(one) > rank.indexOf(other) && rank.indexOf(one) >= 2 && rank.includes(other);
      const isTop = one === 'head_of_service' && other === 'head_of_service';
      expect([one, other, manages(one, other)]).toEqual([one, other, isAbove || isTop]);
    }
    expect(rolesManagedBy(one)).toEqual(STAFF_ROLES.filter((other) => manages(one, other)));
  }
});
