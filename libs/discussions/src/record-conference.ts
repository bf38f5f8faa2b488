import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { auditEntry } from '#audit';
import { HubTime } from '#deadlines';
import { isBlank, localDate } from '#domain';
import { Refused } from '#platform';
import { lockReferral, noteChange } from '#referrals';
import { ConferenceRecord, Database, once, rowsOf, sql, type Transaction } from '#store';
import { endConferenceClock } from './discussion-state.ts';

export interface RecordConferenceCommand {
  readonly reference: string;
  /** The day on which it was held, `YYYY-MM-DD`; null where it is not needed. */
  readonly heldOn: string | null;
  /** A manager's reason why it is not needed; empty where it was held. */
  readonly reason: string;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** A person records that the child protection conference was held, or a manager that it is not needed. Its clock ends. */
@Injectable()
export class RecordConference {
  constructor(
    private readonly database: Database,
    private readonly time: HubTime,
  ) {}

  /** @throws Refused `not-found`, `no-conference`, `conference-day`, `conference-not-needed`, or `form-sent-before` */
  async execute({ formId, by, ...answers }: RecordConferenceCommand): Promise<void> {
    const form = { id: formId, kind: 'record-conference', answers };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await this.record(tx, { ...answers, by });
        return {};
      }),
    );
  }

  private async record(tx: Transaction, command: Omit<RecordConferenceCommand, 'formId'>): Promise<void> {
    const { heldOn, reason, by } = command;
    const referral = await lockReferral(tx, command.reference);
    const open = await tx.row<{ id: string; heldAt: Temporal.Instant }>(sql`
      SELECT d.id, o.held_at AS "heldAt" FROM conference c JOIN strategy_discussion d ON d.id = c.discussion_id
      JOIN discussion_record o ON o.discussion_id = d.id
      WHERE d.referral_id = ${referral.id} AND d.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM conference_record WHERE discussion_id = d.id)`);
    if (open === null) throw new Refused('no-conference');
    if (heldOn === null && (isBlank(reason) || !may(by, 'discussion:except')))
      throw new Refused('conference-not-needed');
    if (heldOn !== null && !this.isPossible(heldOn, open.heldAt, tx.now)) throw new Refused('conference-day');
    await tx.insert(
      rowsOf(ConferenceRecord, {
        ...{ discussionId: open.id, heldOn, reason: heldOn === null ? reason : null },
        ...{ recordedBy: by.id, recordedAt: tx.now },
      }),
      auditEntry(tx, 'conference.recorded', referral.id, { discussionId: open.id, isHeld: heldOn !== null }),
    );
    await endConferenceClock(tx, referral, open.id);
    await noteChange(tx, referral.id);
  }

  /** Not before the discussion, and not on a day to come. */
  private isPossible(heldOn: string, discussedAt: Temporal.Instant, now: Temporal.Instant): boolean {
    const [first, last] = [discussedAt, now].map((at) => localDate({ timeZone: this.time.zone }, at).toString());
    return first! <= heldOn && heldOn <= last!;
  }
}
