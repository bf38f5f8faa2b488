/** The remaining code lists of a referral as submitted, in the order of the referral schema. */
export const SOURCES = ['first_hand', 'disclosed_by_child', 'third_party', 'anonymous_report'] as const;
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
export const YES_NO = ['yes', 'no'] as const;
export const YES_NO_UNKNOWN = ['yes', 'no', 'unknown'] as const;
export const NOT_INFORMED_REASONS = [
  'increased_risk_to_child',
  'risk_to_another_person',
  'obstructs_police_investigation',
  'unjustified_delay',
  'loss_of_evidence',
  'other',
] as const;
export const AGREEMENT_STATUSES = ['given', 'refused', 'not_sought', 'not_required'] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];
export const AGREEMENT_EVIDENCE = ['written', 'verbal'] as const;
