import type { StaffActor } from '#access';
import { sql, type Sql } from '#store';

/**
 * Whether the words of a referral `r` are its agency's own: a program or a person of it sent them. What the hub took down
 * may be the words of a neighbour, who called about a child of that school.
 */
const IS_OWN_WORDS: Sql = sql`r.channel IN ('api', 'agency_form')`;

/** Whether a referral `r` is restricted and this person did not send it: it may be about the child of a colleague of theirs. */
export function isOnlyForItsSender(by: StaffActor): Sql {
  return sql`(mash.is_restricted(r.id) AND r.taken_by IS DISTINCT FROM ${by.id}::uuid)`;
}

/** Whether a person of the agency of a referral `r` may read its words. */
export function mayReadOwnWords(by: StaffActor): Sql {
  return sql`(${IS_OWN_WORDS} AND NOT ${isOnlyForItsSender(by)})`;
}
