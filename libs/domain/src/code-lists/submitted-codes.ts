/** How the sender knows of the concern (referral schema, `concern.source`). */
export const SOURCES = ['first_hand', 'disclosed_by_child', 'third_party', 'anonymous_report'] as const;
/** F female, M male, U unknown (referral schema, `children.sex`). */
export const SEXES = ['F', 'M', 'U'] as const;
/** DfE ethnicity codes as used in the children in need census. */
export const ETHNICITIES = [
  'WBRI', 'WIRI', 'WIRT', 'WROM', 'WOTH', 'MWBC', 'MWBA', 'MWAS', 'MOTH', 'AIND',
  'APKN', 'ABAN', 'AOTH', 'BCRB', 'BAFR', 'BOTH', 'CHNE', 'OOTH', 'REFU', 'NOBT',
] as const; // prettier-ignore
/** DfE disability codes as used in the children in need census. */
export const DISABILITIES = [
  'NONE', 'MOB', 'HAND', 'PC', 'INC', 'COMM', 'LD', 'HEAR', 'VIS', 'BEH', 'CON', 'AUT', 'DDA',
] as const; // prettier-ignore
/** Answers to a question that has an answer. */
export const YES_NO = ['yes', 'no'] as const;
/** Answers to a question that the sender may not be able to answer. */
export const YES_NO_UNKNOWN = ['yes', 'no', 'unknown'] as const;
/** Why the parents were not told of the referral (referral schema, `parentsInformed.notInformedReason`). */
export const NOT_INFORMED_REASONS = [
  'increased_risk_to_child',
  'risk_to_another_person',
  'obstructs_police_investigation',
  'unjustified_delay',
  'loss_of_evidence',
  'other',
] as const;
/**
 * Whether the family agrees to work with services (referral schema, `agreement.status`). It is not the lawful basis for
 * sharing information (DfE information sharing advice).
 */
export const AGREEMENT_STATUSES = ['given', 'refused', 'not_sought', 'not_required'] as const;
/** One code of {@link AGREEMENT_STATUSES}. */
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];
/** How the family gave its agreement (referral schema, `agreement.evidence`). */
export const AGREEMENT_EVIDENCE = ['written', 'verbal'] as const;
