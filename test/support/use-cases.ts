import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import { AcknowledgeAlerts, CountWaiting, EndUndelivered, FireDue, ReadAlerts } from '#alerts';
import { Policies, PublishVersion } from '#deadlines';
import { PreviewDecision, RecordDecision, SignOffDecision, UndoDecision } from '#decisions';
import type { SubmittedReferral } from '#domain';
import { FollowUp, SendMessages } from '#messages';
import { ReadRecord, type ReadRecordCommand } from '#oversight';
import {
  AnswerRequest,
  AskAgency,
  ChaseRequest,
  ReadLateAnswer,
  ReadOwnRequests,
  ReadRequests,
  WithdrawRequest,
} from '#partners';
import type { ChannelSettings } from '#platform';
import {
  OpenForAudit,
  PreviewLowering,
  RateReferral,
  ReadOwnReferral,
  ReadReferral,
  RearmReferrals,
  SearchReferrals,
  SubmitReferral,
  TakeDownReferral,
  type SearchCriteria,
} from '#referrals';
import { BeginHandover, ReadHandovers, WatchRota } from '#rota';
import type { Database } from '#store';
import { Canary, CheckInvariants } from '#watchdog';
import {
  AssignReferrals,
  ClaimReferral,
  EndShift,
  GiveBack,
  NO_FILTERS,
  ReadQueue,
  ReadHolders,
  ReadWorkload,
  ReturnLapsedClaims,
  SavedFilters,
  SkipReferral,
  TakeBackAssignment,
  TakeNext,
  type QueueView,
  type ReadQueueCommand,
} from '#work';
import { composeHub } from '../../scripts/hub/whole-hub.ts';
import { ATTACHMENT_KEYS } from './attachment-keys.ts';

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
export async function useCasesOf(database: Database, agencyId: string, settings: Partial<ChannelSettings> = {}) {
  const whole = await composeHub(database, { settings: { ATTACHMENT_KEYS, ...settings } });
  return {
    whole,
    policies: whole.get(Policies),
    /** @param sender the id of another agency that refers */
    submit: async (referral: SubmittedReferral, sender: string = agencyId) =>
      (await whole.get(SubmitReferral).execute({ agencyId: sender, idempotencyKey: randomUUID(), referral })).answer
        .reference,
    takeDown: whole.get(TakeDownReferral),
    takeNext: {
      execute: async (by: StaffActor, formId: string) =>
        (await whole.get(TakeNext).execute(by, formId))?.reference ?? null,
    },
    claim: whole.get(ClaimReferral),
    giveBack: whole.get(GiveBack),
    skip: whole.get(SkipReferral),
    assign: whole.get(AssignReferrals),
    takeBackAssignment: whole.get(TakeBackAssignment),
    readHolders: whole.get(ReadHolders),
    endShift: whole.get(EndShift),
    workload: whole.get(ReadWorkload),
    returnLapsed: whole.get(ReturnLapsedClaims),
    rate: whole.get(RateReferral),
    previewLowering: whole.get(PreviewLowering),
    decide: whole.get(RecordDecision),
    signOff: whole.get(SignOffDecision),
    undo: whole.get(UndoDecision),
    search: (criteria: Partial<SearchCriteria>, by: StaffActor) =>
      whole.get(SearchReferrals).execute({ ...NOTHING_KNOWN, ...criteria }, by),
    preview: whole.get(PreviewDecision),
    ownReferral: (reference: string) => whole.get(ReadOwnReferral).execute({ agencyId, reference }),
    queue: (view: QueueView, by: StaffActor, more: Partial<ReadQueueCommand> = {}) =>
      whole.get(ReadQueue).execute({
        view,
        by,
        filters: NO_FILTERS,
        order: view === 'decided' ? 'decided' : 'urgency',
        after: null,
        timeZone: 'Europe/London',
        ...more,
      }),
    savedFilters: whole.get(SavedFilters),
    readReferral: whole.get(ReadReferral),
    openForAudit: (reference: string, reason: string, by: StaffActor) =>
      whole.get(OpenForAudit).execute({ reference, reason, formId: randomUUID(), by }),
    /** Everything of the week of the tests, unless a test asks for less. */
    record: (by: StaffActor, question: Partial<ReadRecordCommand> = {}) =>
      whole.get(ReadRecord).execute({
        staffId: null,
        reference: null,
        kind: null,
        from: '2026-11-20',
        to: '2026-11-30',
        after: null,
        timeZone: 'Europe/London',
        by,
        ...question,
      }),
    partners: {
      ask: whole.get(AskAgency),
      chase: whole.get(ChaseRequest),
      withdraw: whole.get(WithdrawRequest),
      answer: whole.get(AnswerRequest),
      readLate: whole.get(ReadLateAnswer),
      requests: whole.get(ReadRequests),
      own: whole.get(ReadOwnRequests),
    },
    readAlerts: whole.get(ReadAlerts),
    waitingFor: (by: StaffActor) => whole.get(CountWaiting).execute(by),
    acknowledge: whole.get(AcknowledgeAlerts),
    fireDue: whole.get(FireDue),
    publish: whole.get(PublishVersion),
    rearm: whole.get(RearmReferrals),
    invariants: whole.get(CheckInvariants),
    canary: whole.get(Canary),
    watchRota: whole.get(WatchRota),
    beginHandover: whole.get(BeginHandover),
    readHandovers: whole.get(ReadHandovers),
    sending: whole.get(SendMessages),
    followUp: whole.get(FollowUp),
    endUndelivered: whole.get(EndUndelivered),
  };
}

export type UseCases = Awaited<ReturnType<typeof useCasesOf>>;
