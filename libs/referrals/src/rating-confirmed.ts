import { sql } from '#store';

/** Whether a person has confirmed the rating of the referral `r`, or the rules only suggest it. To decide confirms it. */
export const RATING_CONFIRMED = sql`(r.first_rated_at IS NOT NULL OR r.status = 'decided')`;
