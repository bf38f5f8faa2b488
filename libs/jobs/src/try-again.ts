import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Database, once, sql } from '#store';

/** An operator has mended what jobs failed of, and does not wait for the time of their next try. */
@Injectable()
export class TryAgain {
  constructor(private readonly database: Database) {}

  /**
   * @param command.name of the jobs; all of this name that have failed are tried at once
   * @param command.formId the form that it is sent from, a UUID
   * @returns how many are tried; none where they are done by now, or being done
   * @throws Refused `form-sent-before`
   */
  async execute(command: { readonly name: string; readonly formId: string; readonly by: StaffActor }): Promise<number> {
    const { name, formId, by } = command;
    const form = { id: formId, kind: 'try-jobs-again', answers: { name } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        // Those that are handed over are tried now anyway.
        const jobs = await tx.run(sql`
          UPDATE job SET run_after = ${tx.now}
          WHERE name = ${name} AND failures > 0 AND completed_at IS NULL AND handed_over_at IS NULL`);
        await tx.insert(auditEntry(tx, 'jobs.tried-again', null, { job: name, jobs }));
        return { jobs };
      }),
    );
    return answer.jobs;
  }
}
