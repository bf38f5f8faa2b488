import type { Outcome } from '../code-lists/outcomes.ts';
import type { FeedbackAudience } from './feedback-audience.ts';

/** What a referrer is told of a decision. It names no person, and says nothing that the family or another agency told. */
export interface FeedbackWords {
  /** What was decided, in plain words. */
  readonly decided: string;
  /** Why, in brief. */
  readonly reason: string;
  /** What is asked of the referrer. */
  readonly asked: string;
  readonly toAddInformation: string;
  readonly toChallenge: string;
}

type OfOutcome = Pick<FeedbackWords, 'decided' | 'reason' | 'asked'>;

/** What a professional is told of each outcome. The decider may give another reason. */
const FOR_PROFESSIONALS: Readonly<Record<Outcome, OfOutcome>> = {
  immediate_protection: {
    decided: 'We act at once so that the child is safe.',
    reason: 'From what you told us, a child has to be protected now.',
    asked:
      'Stay within reach by telephone: a social worker or the police may ring you today. Do not speak to the family about this before they have told you that you can.',
  },
  strategy_discussion: {
    decided: 'We discuss with the police, health and other agencies whether to make enquiries to protect the child.',
    reason: 'There may be significant harm, and the agencies have to weigh that together.',
    asked:
      'Have your records ready: we may ask you to take part. Do not speak to the family about this before a social worker has told you that you can.',
  },
  child_and_family_assessment: {
    decided: 'A social worker assesses what help the child and the family need.',
    reason: 'The child may need help that only children’s social care can give.',
    asked: 'Go on supporting the child as you do. The social worker will ask you what you know.',
  },
  edge_of_care: {
    decided:
      'A team of children’s social care works closely with the family, so that the child can stay safely at home.',
    reason: 'The family needs a lot of help soon.',
    asked: 'Go on supporting the child as you do. The team will ask you what you know and what you can do.',
  },
  early_help: {
    decided: 'We ask early help to work with the family, if the family agrees.',
    reason: 'The family can be helped without children’s social care.',
    asked: 'Go on supporting the child as you do, and take part when early help invites you.',
  },
  advice_and_signposting: {
    decided: 'We give advice on who can help. Children’s social care does nothing further.',
    reason: 'From what we know now, services that the family can go to by itself are enough.',
    asked: 'Help the family to find these services, and tell us if that does not help.',
  },
  to_allocated_worker: {
    decided: 'We gave your referral to a social worker who works with the family already.',
    reason: 'What you told us belongs to work that is under way.',
    asked: 'Go on supporting the child as you do. The social worker will ask you if there is more to know.',
  },
  transfer_to_other_authority: {
    decided: 'We gave your referral to the authority in whose area the child lives.',
    reason: 'That authority is responsible for the child.',
    asked: 'Answer that authority’s questions, and tell us if you hear nothing from it.',
  },
  refer_to_lado: {
    decided:
      'We gave your concern to the local authority designated officer (LADO), who looks into allegations against people who work with children.',
    reason: 'It is about a person who works with children.',
    asked: 'Do not ask that person about it, and keep your records, until the officer has spoken with you.',
  },
  returned_to_referrer: {
    decided: 'We cannot go further with your referral as it is, and return it to you.',
    reason: 'The family’s agreement, or information that we need, is missing.',
    asked:
      'Speak with the family, add what is missing, and refer again. Do not wait for that if a child may be at risk: tell us at once.',
  },
  no_further_action: {
    decided: 'Children’s social care takes no further action.',
    reason: 'From what we know now, the child needs no help from children’s social care.',
    asked: 'Go on supporting the child as you do, and tell us if anything changes.',
  },
};

/** What a person of the public is told, whatever the outcome: more would say something of the family. */
const FOR_THE_PUBLIC: OfOutcome = {
  decided: 'We looked into what you told us, and decided what happens next.',
  reason: 'To protect the family’s privacy we cannot say more.',
  asked: 'You need do nothing more.',
};

/** The longest reason that a decider may give a referrer, in characters. */
export const LONGEST_REASON_TO_REFERRER = 1_000;

/** The brief reason that a referrer is told unless the decider writes another. */
export function proposedReason(outcome: Outcome, audience: FeedbackAudience = 'professional'): string {
  return partsFor(outcome, audience).reason;
}

/**
 * What a referrer is told of a decision.
 *
 * @param about.reason in the decider's words; null for the hub's own
 * @param about.hubPhone the hub's telephone number; null where none is set up
 */
export function feedbackWords(about: {
  readonly outcome: Outcome;
  readonly audience: FeedbackAudience;
  readonly reason: string | null;
  readonly hubPhone: string | null;
}): FeedbackWords {
  const { outcome, audience, reason, hubPhone } = about;
  const parts = partsFor(outcome, audience);
  const ring = ringTheHub(hubPhone);
  const furthest =
    audience === 'professional'
      ? 'If you still do not agree, use the escalation policy of the safeguarding children partnership.'
      : 'If you are still not content, you can complain to the council.';
  return {
    ...parts,
    reason: reason ?? parts.reason,
    toAddInformation: `If you learn anything new, ${ring} and give the reference. We think again when there is reason to. If a child is in immediate danger, dial 999.`,
    toChallenge: `If you do not agree, ${ring}, give the reference and ask for a manager. ${furthest}`,
  };
}

/**
 * The e-mail that tells a referrer that there is an answer. It takes nothing about the referral but its reference, so it
 * can say nothing about a person, nor what was decided.
 */
export function feedbackLetter({
  reference,
  audience,
  hubPhone,
}: {
  readonly reference: string;
  readonly audience: FeedbackAudience;
  readonly hubPhone: string | null;
}): { readonly subject: string; readonly text: string } {
  const ring = ringTheHub(hubPhone);
  const where =
    audience === 'professional'
      ? `You can read the decision, the reason and what we ask of you where your agency sends referrals, under this reference. If you cannot, ${ring} and give the reference.`
      : `We do not write more in an e-mail. To hear more, ${ring} and give the reference.`;
  const text = [
    `Thank you for telling us of your concern. We have decided what happens next with your referral ${reference}.`,
    where,
    'If you learn anything new, or do not agree, tell us in the same way. If a child is in immediate danger, dial 999.',
  ].join('\n\n');
  return { subject: `We have decided about your referral ${reference}`, text };
}

function partsFor(outcome: Outcome, audience: FeedbackAudience): OfOutcome {
  return audience === 'professional' ? FOR_PROFESSIONALS[outcome] : FOR_THE_PUBLIC;
}

function ringTheHub(hubPhone: string | null): string {
  return hubPhone === null ? 'ring the hub' : `ring the hub on ${hubPhone}`;
}
