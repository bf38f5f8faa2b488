import { Injectable } from '@nestjs/common';
import { may, type StaffActor } from '#access';
import { actsOfKind, auditEntry, readRecord, type RecordKind, type RecordLine, type RecordPlace } from '#audit';
import { parseReferralReference } from '#domain';
import { Refused } from '#platform';
import { Database, Referral } from '#store';

/** What a person asks of the record. */
export interface ReadRecordCommand {
  /** Whose acts; null for those of all. */
  readonly staffId: string | null;
  /** The reference of the referral that they are about; null for all. */
  readonly reference: string | null;
  /** Null for every kind. */
  readonly kind: RecordKind | null;
  /** Local dates, `YYYY-MM-DD`: from the beginning of the first to that of the second. */
  readonly from: string;
  readonly to: string;
  /** Where the page before ended; null for the first. */
  readonly after: RecordPlace | null;
  /** Where the hub is, for the beginning of its days. */
  readonly timeZone: string;
  readonly by: StaffActor;
}

export interface RecordPage {
  readonly lines: readonly RecordLine[];
  /** Where this page ends, when there is more. */
  readonly next: RecordPlace | null;
  readonly now: Temporal.Instant;
}

/** As many entries as a page shows. */
export const ENTRIES_SHOWN = 50;

/** What people opened, searched for, decided and were refused. Who reads it is on the record as well. */
@Injectable()
export class ReadRecord {
  constructor(private readonly database: Database) {}

  /**
   * @returns null when no referral has the reference
   * @throws Refused `not-found` to a person who may not read the record
   */
  async execute({
    staffId,
    reference,
    kind,
    from,
    to,
    after,
    timeZone,
    by,
  }: ReadRecordCommand): Promise<RecordPage | null> {
    if (!may(by, 'record:read')) throw Refused.byPolicy();
    return this.database.as(by).transaction(async (tx) => {
      const written = reference === null ? null : (parseReferralReference(reference) ?? '');
      const about = written === null ? null : await tx.one(Referral, { reference: written }, ['id']);
      if (written !== null && about === null) return null;
      const found = await readRecord(tx, {
        staffId,
        referralId: about?.id ?? null,
        acts: actsOfKind(kind),
        from: beginningOf(from, timeZone),
        to: beginningOf(to, timeZone),
        after,
        limit: ENTRIES_SHOWN + 1,
      });
      const lines = found.slice(0, ENTRIES_SHOWN);
      const asked = { staffId, kind, from, to, isFirst: after === null };
      await tx.insert(auditEntry(tx, 'record.read', about?.id ?? null, { ...asked, count: lines.length }));
      return { lines, next: found.length > ENTRIES_SHOWN ? lines.at(-1)! : null, now: tx.now };
    });
  }
}

function beginningOf(date: string, timeZone: string): Temporal.Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).toInstant();
}
