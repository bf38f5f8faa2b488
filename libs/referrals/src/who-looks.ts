import { Injectable } from '@nestjs/common';
import { isHiddenFrom, isShown, type StaffActor } from '#access';
import { parseReferralReference } from '#domain';
import { Database, SERVICE, sql, type Transaction } from '#store';

/** Seconds after which a person who did not say again that the page is open is taken to have left. */
const LOOKS_FOR_SECONDS = 40;

/** The version of a referral, and the people who have it open. */
export interface ReferralOnScreens {
  readonly reference: string;
  readonly version: number;
  readonly looking: readonly { readonly id: string; readonly name: string }[];
}

/** The people who have a referral open at this moment. Told to colleagues; not an act, so not on the record. */
@Injectable()
export class WhoLooks {
  constructor(private readonly database: Database) {}

  /** A person has the referral open, now. */
  async say(reference: string, by: StaffActor): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      await tx.run(sql`
        INSERT INTO looking (referral_id, staff_id, seen_at)
        SELECT r.id, ${by.id}, ${tx.now} FROM referral r
        WHERE r.reference = ${parseReferralReference(reference) ?? ''} AND NOT ${isHiddenFrom(by.id)}
        ON CONFLICT (referral_id, staff_id) DO UPDATE SET seen_at = excluded.seen_at`);
    });
  }

  async left(reference: string, by: StaffActor): Promise<void> {
    await this.database.as(by).transaction(async (tx) => {
      await tx.run(sql`
        DELETE FROM looking USING referral r
        WHERE r.id = referral_id AND r.reference = ${reference} AND staff_id = ${by.id}`);
    });
  }

  /** Whether the person may see who has a referral open: they may open it themselves. */
  async mayLook(reference: string, by: StaffActor): Promise<boolean> {
    return this.database.as(by).transaction(async (tx) => (await isShown(tx, reference, by)) === true);
  }

  /** The versions of these referrals, and the people who look at each. */
  async at(references: readonly string[]): Promise<readonly ReferralOnScreens[]> {
    return this.database.as(SERVICE).transaction((tx) => onScreens(tx, references));
  }
}

/** The versions of referrals, and the people who have each open, by name. */
export function onScreens(tx: Transaction, references: readonly string[]): Promise<readonly ReferralOnScreens[]> {
  return tx.rows<ReferralOnScreens>(sql`
    SELECT r.reference, r.version, coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) ORDER BY s.name)
      FILTER (WHERE s.id IS NOT NULL), '[]') AS looking
    FROM referral r
    LEFT JOIN looking l ON l.referral_id = r.id AND l.seen_at > ${tx.now.subtract({ seconds: LOOKS_FOR_SECONDS })}
    LEFT JOIN staff_member s ON s.id = l.staff_id
    WHERE r.reference = ANY(${references}) GROUP BY r.id`);
}
