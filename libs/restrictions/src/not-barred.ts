import type { StaffActor } from '#access';
import { sql, type Sql } from '#store';

/** The restriction `x` of a statement does not bar the person, in SQL. */
export function notBarred(by: StaffActor): Sql {
  return sql`NOT EXISTS (SELECT 1 FROM restriction_bar k
    WHERE k.restriction_id = x.id AND k.staff_id = ${by.id} AND k.ended_at IS NULL)`;
}

/** No restriction in force of the referral `r` of a statement bars the person, in SQL. */
export function notBarredFrom(by: StaffActor): Sql {
  return sql`NOT EXISTS (SELECT 1 FROM restricted_referral covered JOIN restriction x ON x.id = covered.restriction_id
    WHERE covered.referral_id = r.id AND x.ended_at IS NULL AND NOT ${notBarred(by)})`;
}
