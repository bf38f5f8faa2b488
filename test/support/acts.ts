import { randomUUID } from 'node:crypto';
import type { StaffActor } from '#access';
import type { RecordDecisionCommand, SignOffCommand } from '#decisions';
import type { CalendarData, Rating } from '#domain';
import type { AnswerByForm, AskAgencyCommand } from '#partners';
import type { UseCases } from './use-cases.ts';

/** What the page showed. */
interface Seen {
  readonly versionOf: (reference: string) => Promise<number>;
  readonly ratingOf: (reference: string) => Promise<Rating>;
  readonly ratingsCountOf: (reference: string) => Promise<number>;
}

/** What a person does on a page, in one call: the version that the page showed is the one of this moment. */
export function actsOf(cases: UseCases, { versionOf, ratingOf, ratingsCountOf }: Seen, reader: StaffActor) {
  const read = (reference: string, by: StaffActor = reader) => cases.readReferral.execute({ reference, by });
  return {
    /** Opens a referral, which is on the record: by the manager unless a test says by whom. */
    read,
    holderOf: async (reference: string) => (await read(reference)).holder,
    /** @param formId the form whose button is pressed */
    takesNext: (by: StaffActor, formId: string = randomUUID()) => cases.takeNext.execute(by, formId),
    claims: (by: StaffActor, reference: string) => cases.claim.execute({ reference, by }),
    givesBack: (by: StaffActor, reference: string, note = '') =>
      cases.giveBack.execute({ reference, note, formId: randomUUID(), by }),
    skips: (by: StaffActor, reference: string, reason = 'I know the family.') =>
      cases.skip.execute({ reference, reason, formId: randomUUID(), by }),
    assigns: (by: StaffActor, references: readonly string[], to: { readonly id: string }, note = '') =>
      cases.assign.execute({ references, to: to.id, note, formId: randomUUID(), by }),
    rates: async (by: StaffActor, reference: string, rating: Rating, reason = 'Because') =>
      cases.rate.execute({
        reference,
        version: await versionOf(reference),
        ratingsSeen: await ratingsCountOf(reference),
        rating,
        reason,
        formId: randomUUID(),
        by,
      }),
    /** Decides, and confirms the rating: an assessment at level 3, unless a test says otherwise. @returns why it waits for sign-off */
    decides: async (by: StaffActor, reference: string, decision: Partial<RecordDecisionCommand> = {}) =>
      cases.decide.execute({
        reference,
        outcome: 'child_and_family_assessment',
        thresholdLevel: 3,
        contradictionReason: 'The authority has its own words for the level.',
        noDiscussionReason: 'Police and health agreed that none is needed.',
        rationale: 'As agreed with the agencies.',
        ...{ progression: 'referral', primaryNeed: 'N1', lateReason: null, lateWords: '' },
        confirmsRating: await ratingOf(reference),
        version: await versionOf(reference),
        formId: randomUUID(),
        by,
        ...decision,
      }),
    signsOff: async (by: StaffActor, reference: string, answer: Partial<SignOffCommand> = {}) =>
      cases.signOff.execute({
        reference,
        version: await versionOf(reference),
        result: 'agreed',
        comments: null,
        formId: randomUUID(),
        by,
        ...answer,
      }),
    returns: async (by: StaffActor, reference: string, comments: string) =>
      cases.signOff.execute({
        reference,
        version: await versionOf(reference),
        result: 'returned',
        comments,
        formId: randomUUID(),
        by,
      }),
    /** Takes back what stands now: an agreement, or the decision. */
    takesBack: async (by: StaffActor, reference: string) => {
      const last = (await read(reference)).decisions.at(-1)!;
      await cases.undo.execute({ reference, undoes: last.signOff?.id ?? last.id, by });
    },
    /** Asks an agency about the first child. */
    asks: async (by: StaffActor, reference: string, agencyId: string, request: Partial<AskAgencyCommand> = {}) => {
      await cases.partners.ask.execute({
        ...{ reference, agencies: [agencyId], children: [0], power: 'section_47', formId: randomUUID(), by },
        ...{ whatFor: 'Whether the family is known.', whyNow: 'A strategy discussion may follow.' },
        ...request,
      });
      return (await cases.partners.requests.execute(reference, by)).findLast((one) => one.agencyId === agencyId)!.id;
    },
    /** Answers a request: nothing is known, unless a test says otherwise. */
    answers: (by: StaffActor, request: string, answer: Partial<AnswerByForm> = {}) =>
      cases.partners.answer.execute({
        ...{ request, kind: 'nothing_known', words: '', leadWorker: '', lastContactOn: null },
        ...{ handling: 'receiving_service', saidBy: '', formId: randomUUID(), by },
        ...answer,
      }),
    requestsOf: (reference: string) => cases.partners.requests.execute(reference, reader),
    acknowledges: (by: StaffActor, reference: string) => cases.acknowledge.execute({ reference, by }),
    /** Publishes version 2 of the calendar: at once, unless a test says from when. */
    publishesCalendar: (by: StaffActor, calendar: CalendarData, effectiveFrom: Temporal.Instant | null = null) =>
      cases.publish.execute({
        version: { kind: 'calendar', calendar },
        reason: 'The hub is closed',
        effectiveFrom,
        seen: 1,
        formId: randomUUID(),
        by,
      }),
  };
}
