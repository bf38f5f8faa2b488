import { CALLERS_OF_NO_AGENCY, type ReferralSource } from '../code-lists/referral-sources.ts';

/** By what means an agency wants to hear of a decision: by e-mail to its referrer, or from a person of the hub. */
export const FEEDBACK_BY = ['email', 'person'] as const;
/** One of {@link FEEDBACK_BY}. */
export type FeedbackBy = (typeof FEEDBACK_BY)[number];

/**
 * Who is to be told what became of a referral. A professional is owed an answer; a person of the public has one by a
 * manager's leave, because it says something of a family; a person who gave no name has none.
 */
export const FEEDBACK_AUDIENCES = ['professional', 'public', 'anonymous'] as const;
/** One of {@link FEEDBACK_AUDIENCES}. */
export type FeedbackAudience = (typeof FEEDBACK_AUDIENCES)[number];

/** Where the answer to a referrer stands; `withdrawn` with the decision that it was about. */
export const FEEDBACK_STATES = ['awaiting_leave', 'owed', 'told', 'not_told', 'not_owed', 'withdrawn'] as const;
/** One of {@link FEEDBACK_STATES}. */
export type FeedbackState = (typeof FEEDBACK_STATES)[number];

/** Why a person has to tell the referrer, where no message can. */
export const WHY_BY_PERSON = ['agency_setting', 'no_address', 'address_failed'] as const;
/** One of {@link WHY_BY_PERSON}. */
export type WhyByPerson = (typeof WHY_BY_PERSON)[number];

/** How a referrer is told of a decision. */
export interface FeedbackWay {
  readonly audience: FeedbackAudience;
  readonly state: 'awaiting_leave' | 'owed' | 'not_owed';
  /** `none` where nothing is owed. */
  readonly way: 'message' | 'person' | 'none';
  /** Null unless a person tells. */
  readonly whyByPerson: WhyByPerson | null;
}

/** @param source of the referral; null where none was recorded, as an agency's referral of before */
export function feedbackAudience(source: ReferralSource | null): FeedbackAudience {
  if (source === '9') return 'anonymous';
  return CALLERS_OF_NO_AGENCY.some((code) => code === source) ? 'public' : 'professional';
}

/** How the referrer of a decided referral is to be told. */
export function feedbackWay({
  source,
  feedbackBy,
  hasEmail,
}: {
  readonly source: ReferralSource | null;
  readonly feedbackBy: FeedbackBy;
  readonly hasEmail: boolean;
}): FeedbackWay {
  const audience = feedbackAudience(source);
  if (audience === 'anonymous') return { audience, state: 'not_owed', way: 'none', whyByPerson: null };
  const state = audience === 'public' ? 'awaiting_leave' : 'owed';
  if (feedbackBy === 'person') return { audience, state, way: 'person', whyByPerson: 'agency_setting' };
  return hasEmail
    ? { audience, state, way: 'message', whyByPerson: null }
    : { audience, state, way: 'person', whyByPerson: 'no_address' };
}

/**
 * What is done about the answer to a referrer. By the service: `sent`, a provider took the message; `address_failed`. By a
 * person: told by telephone, in person or in writing; `tried`, in vain; a manager's leave given or refused; `not_told`, a
 * manager says why not.
 */
export const FEEDBACK_ACTS = [
  'sent',
  'address_failed',
  'by_telephone',
  'in_person',
  'in_writing',
  'tried',
  'leave_given',
  'leave_refused',
  'not_told',
] as const;
/** One of {@link FEEDBACK_ACTS}. */
export type FeedbackActKind = (typeof FEEDBACK_ACTS)[number];

/** The acts by which a person has told the referrer. */
export const TOLD_BY_PERSON = ['by_telephone', 'in_person', 'in_writing'] as const satisfies readonly FeedbackActKind[];
