import { randomUUID } from 'node:crypto';
import {
  AcknowledgeAlerts,
  BeginHandover,
  Canary,
  CheckInvariants,
  FireDue,
  PublishVersion,
  ReadAlerts,
  ReadHandovers,
  RearmDeadlines,
  WatchRota,
} from '#alerts';
import type { StaffActor } from '#access';
import type { SubmittedReferral } from '#domain';
import { ReadOwnReferral, SubmitReferral } from '#intake';
import { createLogger } from '#platform';
import { Policies, type Database, type Transaction } from '#store';
import {
  AssignReferrals,
  ClaimReferral,
  EndShift,
  GiveBack,
  NO_FILTERS,
  PreviewDecision,
  RateReferral,
  ReadQueue,
  ReadReferral,
  ReadWorkload,
  RecordDecision,
  ReturnLapsedClaims,
  SavedFilters,
  SearchReferrals,
  SignOffDecision,
  SkipReferral,
  TakeNext,
  UndoDecision,
  type QueueView,
  type ReadQueueCommand,
  type SearchCriteria,
} from '#triage';

const NOTHING_KNOWN: SearchCriteria = {
  name: '',
  dateOfBirth: '',
  nhsNumber: '',
  upn: '',
  reference: '',
  postcode: '',
  agency: '',
};

/** The use cases as the apps compose them, for an agency that refers, with nothing that runs by itself. */
export function useCasesOf(database: Database, agencyId: string) {
  const policies = new Policies(database);
  const silent = createLogger('test', 'silent');
  const submitReferral = new SubmitReferral(database, policies, { nudge: () => undefined });
  return {
    policies,
    submit: async (referral: SubmittedReferral) =>
      (await submitReferral.execute({ agencyId, idempotencyKey: randomUUID(), referral })).answer.reference,
    takeNext: { execute: async (by: StaffActor) => (await new TakeNext(database).execute(by))?.reference ?? null },
    claim: new ClaimReferral(database),
    giveBack: new GiveBack(database),
    skip: new SkipReferral(database),
    assign: new AssignReferrals(database),
    endShift: new EndShift(database),
    workload: new ReadWorkload(database),
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
    savedFilters: new SavedFilters(database),
    readReferral: new ReadReferral(database),
    readAlerts: new ReadAlerts(database),
    acknowledge: new AcknowledgeAlerts(database, policies),
    /** Fires within a transaction that the test commits. */
    firingIn: (tx: Transaction) => new FireDue(tx.inside(), policies, new Set(['email', 'console']), silent),
    fireDue: new FireDue(database, policies, new Set(['email', 'console']), silent),
    publish: new PublishVersion(database),
    rearm: new RearmDeadlines(database, policies, silent),
    invariants: new CheckInvariants(database, policies),
    canary: new Canary(database, policies),
    watchRota: new WatchRota(database, policies, new Set(['email'])),
    beginHandover: new BeginHandover(database, policies),
    readHandovers: new ReadHandovers(database),
  };
}

export type UseCases = ReturnType<typeof useCasesOf>;
