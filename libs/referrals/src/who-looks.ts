import type { StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import type { Database } from '#store';

/** Seconds after which somebody who did not say again that they look is taken to have left. */
const LOOKS_FOR_SECONDS = 40;

/** A referral as it stands for who has it open. */
export interface Standing {
  readonly reference: string;
  readonly version: number;
  readonly looking: readonly { readonly id: string; readonly name: string }[];
}

/** Who has a referral open at this moment. Told to colleagues; not an act, so not on the record. */
export class WhoLooks {
  constructor(private readonly database: Database) {}

  /** Somebody looks, now. */
  async say(reference: string, by: StaffActor): Promise<void> {
    await this.database.rows(
      `INSERT INTO looking (referral_id, staff_id, seen_at)
       SELECT id, $2, mash.now() FROM referral WHERE reference = $1
       ON CONFLICT (referral_id, staff_id) DO UPDATE SET seen_at = excluded.seen_at`,
      [parseReferralReference(reference) ?? '', by.id],
    );
  }

  async left(reference: string, by: StaffActor): Promise<void> {
    await this.database.rows(
      'DELETE FROM looking USING referral r WHERE r.id = referral_id AND r.reference = $1 AND staff_id = $2',
      [reference, by.id],
    );
  }

  /** How these referrals stand, and who looks at each. */
  async at(references: readonly string[]): Promise<readonly Standing[]> {
    return this.database.rows<Standing>(
      `SELECT r.reference, r.version, coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) ORDER BY s.name)
         FILTER (WHERE s.id IS NOT NULL), '[]') AS looking
       FROM referral r
       LEFT JOIN looking l ON l.referral_id = r.id
         AND l.seen_at > (SELECT mash.now()) - make_interval(secs => ${LOOKS_FOR_SECONDS})
       LEFT JOIN staff_member s ON s.id = l.staff_id
       WHERE r.reference = ANY($1) GROUP BY r.id`,
      [references],
    );
  }
}
