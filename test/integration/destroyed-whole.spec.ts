import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { CheckCaseSystem } from '#children';
import { CallDiscussion, ReadDiscussions, RecordConference, RecordDiscussion } from '#discussions';
import { SAMPLE_CRITERIA, type SampleCriterion, type SampleGrade } from '#domain';
import { ReadFeedback, TellReferrer } from '#feedback';
import {
  AnswerChallenge,
  DoAction,
  DrawSample,
  GradeSample,
  MakeChallenge,
  ReadBlind,
  ReadChallenges,
  ReadNotes,
  ReadSamples,
  ReplyToAnswer,
  WriteNote as WriteSupervision,
} from '#oversight';
import { ChaseRequest } from '#partners';
import { Consultations, EndConsultation, RecordChildViews, WhoLooks, WriteNote } from '#referrals';
import { RestrictReferral } from '#restrictions';
import {
  AnswerDestruction,
  ApproveDestruction,
  DeleteTechnicalRows,
  DestroyRecords,
  ProposeDestruction,
  ReadRetention,
} from '#retention';
import { PlanEdgeOfCare, RecordEdgeOfCare } from '#routes';
import { raw, SERVICE, sql } from '#store';
import { createHub, type Hub } from '../support/hub.ts';
import { aRoutineAmber } from '../support/referrals.ts';
import { tablesNaming } from '../support/tables-naming.ts';
import { attachmentsOf, programOf } from '../support/verbs/attachments.ts';

let hub: Hub;
let one: StaffActor;
let other: StaffActor;
beforeAll(async () => void (hub = await createHub()));
beforeEach(async () => {
  await hub.reset();
  one = await hub.another('service_manager');
  other = await hub.another('head_of_service');
});
afterAll(() => hub.drop());

const formId = () => randomUUID();

/** All that can belong to one referral, by the acts of people. */
async function aReferralWithEverything(): Promise<string> {
  const { whole, socialWorker, manager, screener, auditor } = hub;
  const partner = await hub.anAgency('Hillside School');
  const reference = await hub.submit(aRoutineAmber());
  await hub.moveTo('2026-11-23T16:00');
  await hub.fireDue.execute();
  await hub.acknowledges(manager, reference);
  const advice = randomUUID();
  await whole.get(Consultations).record(
    {
      ...{ id: advice, agencyId: hub.agency.agencyId, caller: 'Ms Bell', role: 'Teacher', question: 'Should I refer?' },
      ...{ advice: 'Yes: today.', outcome: 'referral_advised', children: [] },
    },
    screener,
  );
  await whole.get(EndConsultation).execute({ id: advice, end: { reference }, formId: formId(), by: screener });
  await attachmentsOf(whole, hub.database).adds({
    ...{ reference, by: programOf(hub.agency.agencyId), bytes: Buffer.from('%PDF-1.4 a body map') },
  });
  await whole.get(WhoLooks).say(reference, screener);
  await hub.claims(screener, reference);
  await hub.givesBack(screener, reference, 'The school rings back at noon.');
  const said = { kind: 'note', withWhom: '', note: 'The school rang back.' } as const;
  await whole.get(WriteNote).execute({ reference, ...said, formId: formId(), by: screener });
  const asked = { caseNumber: '', worker: '', team: '', reason: 'The system is down.' };
  const children = [{ position: 0, result: 'not_checked', ...asked }] as const;
  await whole.get(CheckCaseSystem).execute({ reference, children, formId: formId(), by: socialWorker });
  const views = { whyNot: 'not_safe_yet', words: '' } as const;
  await whole.get(RecordChildViews).execute({ reference, position: 0, views, formId: formId(), by: socialWorker });
  const request = await hub.asks(socialWorker, reference, partner.agencyId);
  await whole.get(ChaseRequest).execute({ request, note: 'Rang the office.', formId: formId(), by: socialWorker });
  await hub.answers(socialWorker, request, { saidBy: 'Pat' });

  await hub.decides(manager, reference, { outcome: 'strategy_discussion', thresholdLevel: 4 });
  await hub.signsOff(hub.otherManager, reference).catch(() => undefined);
  await whole.get(CallDiscussion).execute({
    ...{ reference, plannedFor: hub.at('2026-11-23T17:00'), chair: 'Mel Manager', askedOthers: '', whyAgain: '' },
    ...{ asked: ['social_care', 'police', 'health'], formId: formId(), by: socialWorker },
  });
  const { number } = (await whole.get(ReadDiscussions).ofReferral(reference, manager)).at(-1)!;
  const agencies = (['social_care', 'police', 'health'] as const).map((agency) => ({
    ...{ agency, people: [{ name: 'Jo Field', role: 'lead' }], agrees: true, why: '' },
  }));
  await whole.get(RecordDiscussion).execute({
    ...{ reference, number, reason: '', formId: formId(), by: socialWorker },
    held: { heldAt: await hub.database.now(), minutes: 'Agreed.', agencies, outcome: 'section_47_joint' },
  });
  await whole
    .get(RecordConference)
    .execute({ reference, heldOn: null, reason: 'No harm was found.', formId: formId(), by: manager });
  // The decision can not be taken back any more.
  await hub.moveBy({ minutes: 1 });
  const [feedback] = await whole.get(ReadFeedback).ofReferral(reference, manager);
  await whole.get(TellReferrer).execute({
    ...{ reference, feedback: feedback!.id, words: 'Rang the school.', how: 'by_telephone' },
    ...{ formId: formId(), by: screener },
  });

  const challengeId = await whole.get(MakeChallenge).execute({
    ...{ reference, aspect: 'pace', question: 'Why was it not sooner?', by: one, formId: formId() },
    version: await hub.versionOf(reference),
  });
  await whole
    .get(AnswerChallenge)
    .execute({ challengeId, answer: 'We waited for the hospital.', by: manager, formId: formId() });
  const answerId = (await whole.get(ReadChallenges).one({ id: challengeId, by: manager })).challenge.turns.at(-1)!.id;
  await whole
    .get(ReplyToAnswer)
    .execute({ challengeId, result: 'accepted', words: null, answerId, by: one, formId: formId() });
  const supervision = whole.get(WriteSupervision);
  const note = { workerId: socialWorker.id, words: 'We talked about it.', by: one };
  const action = { words: 'Read the chronology.', dueOn: '2026-11-25', ownerId: socialWorker.id };
  const about = [
    { kind: 'referral', reference },
    { kind: 'challenge', id: challengeId },
  ] as never[];
  for (const subject of about) {
    const noteId = await supervision.execute({ ...note, about: subject, actions: [action], formId: formId() });
    const { actions } = (await whole.get(ReadNotes).one({ id: noteId, by: one })).note;
    await whole
      .get(DoAction)
      .execute({ noteId, actionId: actions[0]!.id, words: null, by: socialWorker, formId: formId() });
  }
  const restricting = { reference, category: 'adoption', reason: 'She is being adopted.' } as const;
  await whole
    .get(RestrictReferral)
    .execute({ ...restricting, children: [0], people: [], formId: formId(), by: manager });
  await hub.database
    .as(SERVICE)
    .run(sql`UPDATE restriction SET ended_at = mash.now(), ended_by = ${manager.id}, end_reason = 'It is over.'`);

  await hub.moveTo('2026-12-01T09:00');
  await hub.fireDue.execute();
  await whole.get(DrawSample).execute('2026-11');
  const [item] = (await whole.get(ReadSamples).month({ month: '2026-11', by: auditor })).items;
  await whole.get(ReadBlind).execute({
    ...{ itemId: item!.id, outcome: 'strategy_discussion', thresholdLevel: 4, by: auditor, formId: formId() },
  });
  await whole.get(GradeSample).execute({
    ...{ itemId: item!.id, grade: 'inadequate', words: 'Not clear.', unsafeReason: 'The bruises were not explained.' },
    criteria: Object.fromEntries(SAMPLE_CRITERIA.map((of) => [of, 'good'])) as Record<SampleCriterion, SampleGrade>,
    ...{ by: auditor, formId: formId() },
  });

  await hub.decides(socialWorker, reference, { outcome: 'edge_of_care', thresholdLevel: 4 });
  await hub.signsOff(manager, reference).catch(() => undefined);
  await whole.get(PlanEdgeOfCare).execute({
    ...{ reference, children: [0], why: 'Her mother is ill.', byWhen: null, familyNetwork: 'An aunt.' },
    ...{ childsView: 'She wants to stay.', formId: formId(), by: manager },
  });
  await whole.get(RecordEdgeOfCare).execute({
    ...{ reference, kind: 'first_response', on: '2026-12-01', at: await hub.database.now(), who: 'Ros', words: '' },
    ...{ formId: formId(), by: manager },
  });
  await hub.database.as(SERVICE).transaction(async (tx) => {
    // What is still to be done was done long ago.
    await tx.run(sql`UPDATE deadline SET state = 'met', ended_at = ${tx.now} WHERE state = 'open'`);
    await tx.run(sql`UPDATE deadline_step SET state = 'not_needed' WHERE state = 'waiting'`);
    await tx.run(sql`UPDATE job SET completed_at = ${tx.now} WHERE completed_at IS NULL`);
  });
  return reference;
}

/** What the referral of the test must have, or it proves nothing of it. */
const BELONGS = [
  ...['acknowledgement', 'alert', 'attachment', 'attachment_part', 'case_check', 'challenge', 'challenge_answer'],
  ...['challenge_reply', 'child_views', 'claim_note', 'conference', 'conference_record', 'consultation'],
  ...['consultation_end', 'deadline', 'deadline_step', 'decision', 'delivery', 'discussion_agency', 'discussion_call'],
  ...['discussion_participant', 'discussion_record', 'edge_of_care_event', 'edge_of_care_plan', 'feedback'],
  ...['feedback_act', 'information_answer', 'information_chase', 'information_request', 'information_request_child'],
  ...['person_name', 'rating', 'referral', 'referral_child', 'referral_note', 'response_time', 'restricted_child'],
  ...['restriction', 'restriction_grant', 'route', 'sample_blind_reading', 'sample_criterion', 'sample_grade'],
  ...['sample_item', 'strategy_discussion', 'supervision_action', 'supervision_action_done', 'supervision_note'],
];

/** The ids of every row that has one, of every table. */
async function everyId(): Promise<ReadonlySet<string>> {
  const service = hub.database.as(SERVICE);
  const tables = await service.rows<{ name: string }>(sql`
    SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_attribute ON attrelid = c.oid AND attname = 'id'
    WHERE relkind = 'r' AND NOT relispartition AND relnamespace = 'public'::regnamespace`);
  const ids = new Set<string>();
  for (const { name } of tables) {
    for (const { id } of await service.rows<{ id: string }>(sql`SELECT id::text FROM ${raw(name)}`)) ids.add(id);
  }
  return ids;
}

async function destroys(reference: string): Promise<Readonly<Record<string, number>>> {
  await hub.whole.get(ProposeDestruction).execute();
  await hub.read(reference, one);
  const proposals = (await hub.whole.get(ReadRetention).execute(one)).proposals.map(({ id }) => id);
  expect(proposals).toHaveLength(1);
  const destructionId = await hub.whole.get(ApproveDestruction).execute({ proposals, formId: formId(), by: one });
  await hub.whole
    .get(AnswerDestruction)
    .execute({ destruction: destructionId, said: 'agreed', formId: formId(), by: other });
  await hub.database.as(SERVICE).transaction((tx) => hub.whole.get(DestroyRecords).handle({ destructionId }, tx));
  const [line] = (await hub.whole.get(ReadRetention).certificate(destructionId, one)).lines;
  return line!.rowsDestroyed!;
}

it('a record with all that can belong to one leaves nothing in any column of any table but the certificate and the record', async () => {
  const reference = await aReferralWithEverything();
  const { id } = (await hub.database
    .as(SERVICE)
    .row<{ id: string }>(sql`SELECT id FROM referral WHERE reference = ${reference}`))!;
  await hub.moveTo('2099-01-01T10:00');
  // Forms and jobs are long gone by the hourly sweep.
  await hub.whole.get(DeleteTechnicalRows).execute();
  const before = await everyId();
  const gone = await destroys(reference);
  expect(BELONGS.filter((table) => gone[table] === undefined)).toEqual([]);
  const after = await everyId();
  const destroyed = [...before].filter((one) => !after.has(one));
  expect(destroyed.length).toBeGreaterThan(BELONGS.length);
  expect(Object.keys(await tablesNaming(hub.database, id, reference)).toSorted()).toEqual([
    'audit_entry',
    'destruction_proposal',
  ]);
  // Nor does the id of anything that belonged to it.
  const others = destroyed.filter((one) => one !== id);
  expect(Object.keys(await tablesNaming(hub.database, ...others))).toEqual(['audit_entry']);
});

it('each key to what can be destroyed begins an index, so that no table is read whole to find what belongs to a record', async () => {
  const lacking = await hub.database.as(SERVICE).rows<{ key: string }>(sql`
    WITH RECURSIVE goes (oid) AS (
      SELECT unnest(ARRAY['referral', 'consultation', 'deadline', 'restriction', 'draft', 'sent_form', 'job']::regclass[])::oid
      UNION SELECT conrelid FROM pg_constraint JOIN goes ON confrelid = goes.oid WHERE contype = 'f')
    SELECT c.conrelid::regclass || ' ' || c.conname AS key FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE contype = 'f' AND confrelid IN (SELECT oid FROM goes) AND NOT EXISTS (
      SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indisvalid AND i.indkey[0] = c.conkey[1] AND (
        i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', a.attname)))
    ORDER BY 1`);
  expect(lacking).toEqual([]);
});
