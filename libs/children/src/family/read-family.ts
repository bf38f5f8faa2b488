import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { Database, sql, type Transaction } from '#store';
import { placeOf, keyOf, knownChildren, type ChildOfReferral, type ChildPlace } from '../child-place.ts';
import { datedHomes, type Home } from './dated-homes.ts';
import { findFamily, linkedWith, type FamilyChild } from './find-family.ts';

/** Who else may belong to the family of a referral or of a child: offered with reasons, and joined by nothing. */
@Injectable()
export class ReadFamily {
  constructor(private readonly database: Database) {}

  /** The other children of a referral's family. A part of its page, whose reading is on the record. */
  async ofReferral(reference: string, by: StaffActor): Promise<readonly FamilyChild[]> {
    return this.database.as(by).transaction((tx) => familyOf(tx, reference));
  }

  /** The family and the homes of a child, by all its referrals. A part of its page, whose reading is on the record. @throws Refused `not-found` */
  async ofChild(
    child: ChildOfReferral,
    by: StaffActor,
  ): Promise<{ readonly family: readonly FamilyChild[]; readonly homes: readonly Home[] }> {
    return this.database.as(by).transaction(async (tx) => {
      const place = await placeOf(tx, child);
      const own = (await knownChildren(tx, [place])).get(keyOf(place))!;
      const referralIds = [...new Set(own.map(({ referralId }) => referralId))];
      return {
        family: await findFamily(tx, own, referralIds, referralIds),
        homes: await datedHomes(tx, own),
      };
    });
  }
}

/** The children of other referrals who may be of the family of this one; none of a referral that is not there. */
export async function familyOf(tx: Transaction, reference: string): Promise<readonly FamilyChild[]> {
  const own = await tx.rows<ChildPlace>(sql`
    SELECT c.referral_id AS "referralId", c.position FROM referral r JOIN referral_child c ON c.referral_id = r.id
    WHERE r.reference = ${reference} ORDER BY c.position`);
  const [first] = own;
  if (first === undefined) return [];
  return findFamily(tx, own, [first.referralId], await linkedWith(tx, first.referralId));
}
