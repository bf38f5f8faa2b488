import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { localityFaults, type Localities } from '#domain';
import { Refused } from '#platform';
import { Database, LocalityVersion, once, rowsOf, sql } from '#store';

export interface PublishLocalitiesCommand {
  readonly localities: Localities;
  readonly reason: string;
  /** The last version that the person had before them. */
  readonly seen: number;
  /** The form that it is sent from, a UUID. */
  readonly formId: string;
  readonly by: StaffActor;
}

/** Another table of localities holds from now on. Routes that were sent before stay where they are. */
@Injectable()
export class PublishLocalities {
  constructor(private readonly database: Database) {}

  /**
   * @returns its number
   * @throws Refused `localities-changed-meanwhile` when there is a later version than the person saw, or `form-sent-before`
   * @throws RangeError when it has faults, which the form shows before
   */
  async execute({ localities, reason, seen, formId, by }: PublishLocalitiesCommand): Promise<number> {
    const faults = localityFaults(localities);
    if (faults.length > 0) throw new RangeError(`a table with ${faults.length} faults cannot be published`);
    const form = { id: formId, kind: 'localities', answers: { localities, reason } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        await tx.lock('publishingVersion', 'localities');
        const { last } = (await tx.row<{ last: number }>(sql`SELECT max(version) AS last FROM locality_version`))!;
        if (last !== seen) throw new Refused('localities-changed-meanwhile');
        const made = { version: last + 1, effectiveFrom: tx.now, madeBy: by.id, madeAt: tx.now, reason };
        await tx.insert(
          rowsOf(LocalityVersion, { ...made, localities }),
          auditEntry(tx, 'localities.published', null, { version: made.version }),
        );
        return { version: made.version };
      }),
    );
    return answer.version;
  }
}
