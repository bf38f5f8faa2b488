import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { AcknowledgeAlerts, FireDue, ReadAlerts } from '#alerts';
import { PublishVersion, Policies } from '#deadlines';
import { PreviewDecision, RecordDecision, SignOffDecision, UndoDecision } from '#decisions';
import type { SubmittedReferral } from '#domain';
import { createLogger } from '#platform';
import {
  RearmReferrals,
  ReadOwnReferral,
  SubmitReferral,
  RateReferral,
  ReadReferral,
  SearchReferrals,
  type SearchCriteria,
} from '#referrals';
import { BeginHandover, ReadHandovers, WatchRota } from '#rota';
import { SERVICE, type Transaction, sql } from '#store';
import { CheckInvariants } from '#watchdog';
import {
  AssignReferrals,
  ClaimReferral,
  EndShift,
  GiveBack,
  NO_FILTERS,
  ReadQueue,
  ReturnLapsedClaims,
  SkipReferral,
  TakeNext,
  type QueueView,
  type ReadQueueCommand,
} from '#work';
import { stopClock } from '../../scripts/demonstration/shift-clock.ts';
import { addAgency, addEverybodyOnDuty, addStaff } from './agencies-and-staff.ts';
import { createTestDatabase } from './test-database.ts';

const NOTHING_KNOWN: SearchCriteria = {
  name: '',
  dateOfBirth: '',
  nhsNumber: '',
  upn: '',
  reference: '',
  postcode: '',
  agency: '',
};

/** A hub with its use cases on a database of its own, whose clock stands still until it is moved. */
export async function createHub(startAt = '2026-11-23T10:00[Europe/London]') {
  const test = await createTestDatabase();
  const { database } = test;
  const policies = new Policies(database);
  const silent = createLogger('test', 'silent');
  const noRelay = { nudge: () => undefined };
  const { agencyId } = await addAgency(database);
  const onDuty = await addEverybodyOnDuty(database);
  const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[Europe/London]`).toInstant();
  await stopClock(database, Temporal.ZonedDateTime.from(startAt).toInstant());
  const submitReferral = new SubmitReferral(database, policies, noRelay);

  return {
    ...test,
    database,
    policies,
    onDuty,
    at,
    screener: await addStaff(database, 'screener', [], 'Sam Screener'),
    socialWorker: await addStaff(database, 'social_worker', [], 'Sol Worker'),
    manager: await addStaff(database, 'manager', [], 'Mel Manager'),
    otherManager: await addStaff(database, 'manager', [], 'Max Manager'),
    moveTo: (local: string) => stopClock(database, at(local)),
    submit: async (referral: SubmittedReferral) =>
      (await submitReferral.execute({ agencyId, idempotencyKey: randomUUID(), referral })).answer.reference,
    takeNext: { execute: async (by: StaffActor) => (await new TakeNext(database).execute(by))?.reference ?? null },
    claim: new ClaimReferral(database),
    giveBack: new GiveBack(database),
    skip: new SkipReferral(database),
    assign: new AssignReferrals(database),
    endShift: new EndShift(database),
    returnLapsed: new ReturnLapsedClaims(database),
    rate: new RateReferral(database, policies),
    decide: new RecordDecision(database, policies),
    signOff: new SignOffDecision(database, policies),
    undo: new UndoDecision(database),
    search: (criteria: Partial<SearchCriteria>, by: StaffActor) =>
      new SearchReferrals(database).execute({ ...NOTHING_KNOWN, ...criteria }, by),
    preview: new PreviewDecision(database, policies),
    ownReferral: (reference: string) => new ReadOwnReferral(database).execute({ agencyId, reference }),
    queue: (view: QueueView, by: StaffActor, more: Partial<ReadQueueCommand> = {}) =>
      new ReadQueue(database).execute({
        view,
        by,
        filters: NO_FILTERS,
        order: view === 'decided' ? 'decided' : 'urgency',
        after: null,
        timeZone: 'Europe/London',
        ...more,
      }),
    readReferral: new ReadReferral(database),
    readAlerts: new ReadAlerts(database),
    acknowledge: new AcknowledgeAlerts(database, policies),
    /** Fires within a transaction that the test commits. */
    firingIn: (tx: Transaction) => new FireDue(tx.inside(), policies, new Set(['email', 'console']), silent),
    fireDue: new FireDue(database, policies, new Set(['email', 'console']), silent),
    publish: new PublishVersion(database),
    rearm: new RearmReferrals(database, policies, silent),
    invariants: new CheckInvariants(database, policies),
    watchRota: new WatchRota(database, policies, new Set(['email'])),
    beginHandover: new BeginHandover(database, policies),
    readHandovers: new ReadHandovers(database),
    /** The alerts of a referral in order, as when each fired and whom it told. */
    alertsOf: async (reference: string) =>
      (
        await database.as(SERVICE).rows<{ firedAt: Temporal.Instant; told: string[] }>(
          sql`SELECT fired_at AS "firedAt", told FROM alert JOIN referral ON referral.id = referral_id
           WHERE reference = ${reference} ORDER BY fired_at, alert.id`,
        )
      ).map(({ firedAt, told }) => [
        firedAt.toZonedDateTimeISO('Europe/London').toPlainDateTime().toString({ smallestUnit: 'minute' }),
        told.join(' '),
      ]),
  };
}

export type Hub = Awaited<ReturnType<typeof createHub>>;
