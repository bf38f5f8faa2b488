/** The agencies that a strategy discussion asks. A person of another one is of `other`, whose name is said. */
export const DISCUSSION_AGENCIES = [
  'social_care',
  'police',
  'health',
  'education',
  'probation',
  'youth_justice',
  'adult_services',
  'housing',
  'other',
] as const;
/** One code of {@link DISCUSSION_AGENCIES}. */
export type DiscussionAgency = (typeof DISCUSSION_AGENCIES)[number];

export const DISCUSSION_AGENCY_WORDS: Readonly<Record<DiscussionAgency, string>> = {
  social_care: 'Social care',
  police: 'Police',
  health: 'Health',
  education: 'School, nursery or college',
  probation: 'Probation',
  youth_justice: 'Youth justice',
  adult_services: 'Adult services',
  housing: 'Housing',
  other: 'Another agency',
};

/** What a strategy discussion may come to: enquiries under section 47 by social care alone or with the police, or none. */
export const DISCUSSION_OUTCOMES = ['section_47_single', 'section_47_joint', 'no_section_47'] as const;
/** One code of {@link DISCUSSION_OUTCOMES}. */
export type DiscussionOutcome = (typeof DISCUSSION_OUTCOMES)[number];

export const DISCUSSION_OUTCOME_WORDS: Readonly<Record<DiscussionOutcome, string>> = {
  section_47_single: 'Section 47 enquiries by social care alone',
  section_47_joint: 'Section 47 enquiries by social care and the police together',
  no_section_47: 'No section 47 enquiries',
};

/** Whether enquiries begin, so that a child protection conference is due. */
export function beginsEnquiries(outcome: DiscussionOutcome): boolean {
  return outcome !== 'no_section_47';
}
