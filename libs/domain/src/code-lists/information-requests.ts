/**
 * The power under which the hub asks an agency for information: enquiries of section 47(9) or help of section 27 of the
 * Children Act 1989, the public task of UK GDPR 6(1)(e), or the family's agreement.
 */
export const POWERS = ['section_47', 'section_27', 'public_task', 'agreement'] as const;
export type Power = (typeof POWERS)[number];

/** What an agency answers. */
export const ANSWER_KINDS = ['nothing_known', 'known', 'refused'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/**
 * How an answer may be handled, the most open first: the agency owns its information and says how far it goes (Sefton's
 * procedures: not shared outside the hub without the agency's agreement).
 */
export const HANDLINGS = ['may_share_with_family', 'receiving_service', 'hub_only', 'not_on_file'] as const;
export type Handling = (typeof HANDLINGS)[number];

/** Where an answer may be seen: on screens of the hub, on what goes to the service that takes the child, by the family. */
export const AUDIENCES = ['hub', 'receiving_service', 'family'] as const;
export type Audience = (typeof AUDIENCES)[number];

const SEEN_BY: Readonly<Record<Handling, readonly Audience[]>> = {
  may_share_with_family: ['hub', 'receiving_service', 'family'],
  receiving_service: ['hub', 'receiving_service'],
  hub_only: ['hub'],
  not_on_file: ['hub'],
};

/** Whether the words of an answer may be shown to an audience. */
export function mayBeSeen(handling: Handling, audience: Audience): boolean {
  return SEEN_BY[handling].includes(audience);
}

/** What paper and exports say in place of an answer that they may not have. */
export const HANDLING_WORDS: Readonly<Record<Handling, string>> = {
  may_share_with_family: 'May be shared with the family',
  receiving_service: 'For the service that takes the child, not for the family',
  hub_only: 'For the hub alone: it is not printed and not passed on',
  not_on_file: "Not for the child's file: it is not printed and not passed on",
};

/** A power in the words of the form and of the request. */
export const POWER_WORDS: Readonly<Record<Power, string>> = {
  section_47: 'Section 47(9), Children Act 1989: help with enquiries about significant harm',
  section_27: 'Section 27, Children Act 1989: help for a child in need',
  public_task: 'Public task, UK GDPR article 6(1)(e): safeguarding a child',
  agreement: "The family's agreement",
};

export const ANSWER_WORDS: Readonly<Record<AnswerKind, string>> = {
  nothing_known: 'Nothing known',
  known: 'Known',
  refused: 'Refused',
};
