import { Injectable } from '@nestjs/common';
import { deliveryRows, queuedDelivery } from '#messages';
import { Database, SERVICE, sql, type Transaction } from '#store';

/** A form in which nothing was typed for so long was not just put aside for the next lesson. */
export const REMINDED_AFTER_MINUTES = 60;
/** After every alert. */
const URGENCY = 3;

/**
 * Tells a person of an agency, once for each form, that a form which they kept is not sent: who took it for sent would wait for the
 * hub, which knows of nothing. Safe to repeat.
 */
@Injectable()
export class RemindOfKeptForms {
  constructor(private readonly database: Database) {}

  /** @returns how many are told by this */
  async execute(): Promise<number> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      await tx.lock('remindingOfForms');
      const kept = await tx.rows<{ id: string; ownerId: string }>(sql`
        SELECT f.id, f.owner_id AS "ownerId" FROM draft f JOIN staff_member m ON m.id = f.owner_id
        WHERE f.kind = 'own-referral' AND f.saved_at <= ${longAgo(tx)} AND f.expires_at > ${tx.now} AND m.is_active
          AND NOT EXISTS (SELECT 1 FROM delivery WHERE purpose = 'kept_form' AND draft_id = f.id)
        ORDER BY f.saved_at, f.id`);
      const to = { purpose: 'kept_form', channel: 'email', urgency: URGENCY } as const;
      await tx.insert(
        deliveryRows(
          ...kept.map(({ id, ownerId }) => queuedDelivery({ ...to, draftId: id, recipientId: ownerId }, tx.now)),
        ),
      );
      return kept.length;
    });
  }
}

/** A form that was last saved then, or earlier, is one to be told of. */
export function longAgo({ now }: Pick<Transaction, 'now'>): Temporal.Instant {
  return now.subtract({ minutes: REMINDED_AFTER_MINUTES });
}
