import { Inject, Injectable } from '@nestjs/common';
import {
  CHECKPOINT_SETTINGS,
  checkpointsIn,
  keepVerification,
  Marks,
  publicKeyOf,
  VerifyRecord,
  type CheckpointSettings,
} from '#audit';
import { endServiceDeadline, openServiceDeadline, Policies } from '#deadlines';
import { serviceSteps } from '#domain';
import { LOG, type Logger } from '#platform';
import { sql, type Transaction } from '#store';

/** What the deadline is about: the record, of which there is one. */
const SUBJECT = 'record';

/** Verifies the whole record, keeps the result, and has managers told where the record is not as it was written. */
@Injectable()
export class VerifyNightly {
  constructor(
    private readonly verify: VerifyRecord,
    private readonly policies: Policies,
    @Inject(CHECKPOINT_SETTINGS) private readonly settings: CheckpointSettings | null,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** @throws Error of the file system when the checkpoints cannot be read; the job is tried again */
  async handle(tx: Transaction): Promise<void> {
    const { settings } = this;
    // A folder of years takes longer to read than a transaction may do nothing.
    await tx.rows(sql`SELECT set_config('idle_in_transaction_session_timeout', '0', true)`);
    const marks =
      settings === null ? new Marks() : await Marks.of(checkpointsIn(settings.folder, publicKeyOf(settings)));
    const report = await this.verify.execute(tx, marks);
    await keepVerification(tx, report);
    if (report.holds) return endServiceDeadline(tx, 'record_changed', SUBJECT);
    this.log.error({ found: report.count, tampering: report.tampering }, 'the record is not as it was written');
    const inForce = await this.policies.inForce(tx);
    const steps = serviceSteps(inForce.calendar, 'record_changed', tx.now);
    await openServiceDeadline(tx, 'record_changed', SUBJECT, steps, inForce);
  }
}
