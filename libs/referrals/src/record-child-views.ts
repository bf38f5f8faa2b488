import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import type { ViewsNotSought, ViewsSought } from '#domain';
import { Refused } from '#platform';
import { ChildViews, Database, once, ReferralChild, rowsOf } from '#store';
import { lockReferral } from './lock-referral.ts';
import { noteChange } from './referral-state.ts';

export interface RecordChildViewsCommand {
  readonly reference: string;
  /** The child's place in the referral, from 0. */
  readonly position: number;
  /** How the child was asked and what they said, or why they were not asked. */
  readonly views:
    | { readonly how: ViewsSought; readonly words: string }
    /** `words` are more about why; empty where nothing was said. */
    | { readonly whyNot: ViewsNotSought; readonly words: string };
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Records the views of a child, or why they were not asked for: as often as a person learns of them. */
@Injectable()
export class RecordChildViews {
  constructor(private readonly database: Database) {}

  /**
   * A colleague who is deciding at that moment is told before the decision is recorded.
   *
   * @throws Refused `not-found`, also for a child that the referral has not, or `form-sent-before`
   */
  async execute({ reference, position, views, formId, by }: RecordChildViewsCommand): Promise<void> {
    const form = { id: formId, kind: 'child-views', answers: { reference, position, views } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const { id: referralId, version } = await lockReferral(tx, reference);
        if ((await tx.one(ReferralChild, { referralId, position }, ['position'])) === null)
          throw new Refused('not-found');
        const id = randomUUIDv7();
        const said = 'how' in views ? { how: views.how, whyNot: null } : { how: null, whyNot: views.whyNot };
        await noteChange(tx, referralId);
        await tx.insert(
          rowsOf(ChildViews, {
            ...{ id, referralId, position, ...said, words: views.words === '' ? null : views.words },
            ...{ recordedBy: by.id, recordedAt: tx.now, madeVersion: version + 1 },
          }),
          auditEntry(tx, 'child.views-recorded', referralId, { viewsId: id, child: position + 1, ...said }),
        );
        return {};
      }),
    );
  }
}
