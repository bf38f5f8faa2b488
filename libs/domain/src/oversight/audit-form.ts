/** Ofsted's four grades, the best first. */
export const SAMPLE_GRADES = ['outstanding', 'good', 'requires_improvement', 'inadequate'] as const;
/** One code of {@link SAMPLE_GRADES}. */
export type SampleGrade = (typeof SAMPLE_GRADES)[number];

/** The criteria by which Sutton audits the contacts of its front door, in that order. */
export const SAMPLE_CRITERIA = [
  'referral_detail',
  'response',
  'ongoing_risk_assessment',
  'thorough_analysis',
  'child_centred_practice',
  'management_oversight',
  'timeliness',
  'multi_agency_working',
] as const;
/** One code of {@link SAMPLE_CRITERIA}. */
export type SampleCriterion = (typeof SAMPLE_CRITERIA)[number];

/** What a challenge is about. */
export const CHALLENGE_ASPECTS = ['pace', 'quality', 'pace_and_quality'] as const;
/** One code of {@link CHALLENGE_ASPECTS}. */
export type ChallengeAspect = (typeof CHALLENGE_ASPECTS)[number];
