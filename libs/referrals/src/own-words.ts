import { sql, type Sql } from '#store';

/**
 * Whether the words of a referral `r` are its agency's own: a program or a person of it sent them. What the hub took down
 * may be the words of a neighbour, who called about a child of that school.
 */
export const IS_OWN_WORDS: Sql = sql`r.channel IN ('api', 'agency_form')`;
