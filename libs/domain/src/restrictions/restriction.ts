/** Why a record is restricted: the four kinds of Nottingham City's procedure. */
export const RESTRICTION_CATEGORIES = ['staff_connection', 'adoption', 'high_profile', 'high_risk'] as const;
export type RestrictionCategory = (typeof RESTRICTION_CATEGORIES)[number];

/** A restriction is looked at again after so many days at the latest (Nottingham City's procedure). */
export const REVIEW_WITHIN_DAYS = 90;

/** So long a manager lets a person in: for one task, or while they work with the family (Lincolnshire's procedure). */
export const GRANT_DAYS = { task: 14, involved: 183 } as const;
export type GrantLength = keyof typeof GRANT_DAYS;

/** So long a person who broke the glass may read. */
export const GLASS_MINUTES = 60;
/** Fewer characters say no reason. */
export const GLASS_REASON_AT_LEAST = 20;
/** A person breaks the glass only so soon after they signed in. */
export const FRESH_SIGN_IN_MINUTES = 10;

export const GLASS_FINDINGS = ['was_needed', 'was_not_needed'] as const;
export type GlassFinding = (typeof GLASS_FINDINGS)[number];
