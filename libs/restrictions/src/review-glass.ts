import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline, followUpSubject } from '#deadlines';
import type { GlassFinding } from '#domain';
import { Refused } from '#platform';
import { Database, GlassReview, once, rowsOf, sql } from '#store';
import { notBarredFrom } from './not-barred.ts';

export interface ReviewGlassCommand {
  readonly glassId: string;
  readonly finding: GlassFinding;
  /** In the manager's own words. */
  readonly words: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A manager looks at why the glass was broken. It is never the person who broke it. */
@Injectable()
export class ReviewGlass {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, also for a manager who must not open the record, `own-glass`, `reviewed-already` or `form-sent-before` */
  async execute({ glassId, finding, words, formId, by }: ReviewGlassCommand): Promise<void> {
    const form = { id: formId, kind: 'review-glass', answers: { glassId, finding, words } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const broken = await tx.row<{
          referralId: string;
          reference: string;
          brokenBy: string;
          isReviewed: boolean;
        }>(sql`
          SELECT g.referral_id AS "referralId", r.reference, g.broken_by AS "brokenBy",
            EXISTS (SELECT 1 FROM glass_review w WHERE w.glass_id = g.id) AS "isReviewed"
          FROM glass_broken g JOIN referral r ON r.id = g.referral_id
          WHERE g.id = ${glassId} AND ${notBarredFrom(by)} FOR NO KEY UPDATE OF r`);
        if (broken === null) throw new Refused('not-found');
        const { referralId, reference, brokenBy, isReviewed } = broken;
        if (brokenBy === by.id) throw new Refused('own-glass');
        if (isReviewed) throw new Refused('reviewed-already');
        await tx.insert(
          rowsOf(GlassReview, { glassId, finding, words, reviewedBy: by.id, reviewedAt: tx.now }),
          auditEntry(tx, 'glass.reviewed', referralId, { glassId, finding }),
        );
        await endServiceDeadline(tx, 'glass_broken', followUpSubject(reference, glassId));
        return {};
      }),
    );
  }
}
