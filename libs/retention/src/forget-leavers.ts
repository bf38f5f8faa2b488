import { Injectable } from '@nestjs/common';
import { forgetContact, forgetName, formerName, STAFF_ROLES, type StaffRole } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { leftLongAgo, localDate } from '#domain';
import { Database, SERVICE, sql, type Sql, type Transaction } from '#store';
import { scheduleInForce } from './schedule-in-force.ts';

/** So many at a time, so that no transaction takes long. */
const AT_ONCE = 100;

/** No hold is in force on every record, or on a referral on whose record the person `s` acted: who did it may be asked for. */
const IS_NOT_HELD = sql`NOT EXISTS (SELECT FROM retention_hold WHERE ended_at IS NULL AND referral_id IS NULL)
  AND NOT EXISTS (SELECT FROM retention_hold h JOIN audit_entry e ON e.referral_id = h.referral_id
    WHERE h.ended_at IS NULL AND e.actor_kind = 'staff' AND e.actor_id = s.id)`;

/**
 * What the service knows of people who left the hub, or their agency, goes by the schedule: first their e-mail address and telephone
 * number, and after years their name, in place of which their role stands. Their ids stay: the record names them. Safe to repeat.
 */
@Injectable()
export class ForgetLeavers {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @returns of how many the addresses went by this, and of how many the name */
  async execute(): Promise<{ readonly contacts: number; readonly names: number }> {
    return { contacts: await this.untilNone(forgetContacts), names: await this.untilNone(forgetNames) };
  }

  private async untilNone(work: (tx: Transaction, longAgo: LongAgo) => Promise<number>): Promise<number> {
    let all = 0;
    for (let some = AT_ONCE; some === AT_ONCE; all += some) {
      some = await this.database.as(SERVICE).transaction(async (tx) => work(tx, await this.longAgo(tx)));
    }
    return all;
  }

  private async longAgo(tx: Transaction): Promise<LongAgo> {
    const { calendar } = await this.policies.inForce(tx);
    const { schedule } = await scheduleInForce(tx);
    const { forContact, forName } = leftLongAgo(schedule.leavers, localDate(calendar, tx.now));
    const endOf = (day: Temporal.PlainDate) => day.add({ days: 1 }).toZonedDateTime(calendar.timeZone).toInstant();
    return { contactBefore: endOf(forContact), nameBefore: endOf(forName) };
  }
}

/** Of a person who left before, it goes. */
interface LongAgo {
  readonly contactBefore: Temporal.Instant;
  readonly nameBefore: Temporal.Instant;
}

async function forgetContacts(tx: Transaction, { contactBefore }: LongAgo): Promise<number> {
  const people = await leavers(tx, contactBefore, sql`(s.email <> '' OR s.phone IS NOT NULL)`);
  for (const { id } of people) {
    await forgetContact(tx, id);
    await tx.insert(auditEntry(tx, 'staff.contact-forgotten', null, { staffId: id }));
  }
  return people.length;
}

async function forgetNames(tx: Transaction, { nameBefore }: LongAgo): Promise<number> {
  // A hold that is set at this moment is waited for.
  await tx.lock('retentionHold');
  const people = await leavers(tx, nameBefore, sql`s.name <> ALL (${STAFF_ROLES.map(formerName)}) AND ${IS_NOT_HELD}`);
  for (const { id, role } of people) {
    await forgetName(tx, id, role);
    await tx.insert(auditEntry(tx, 'staff.name-forgotten', null, { staffId: id }));
  }
  return people.length;
}

/** People who left before an instant, locked: who is taken back at this moment stays. */
function leavers(tx: Transaction, before: Temporal.Instant, which: Sql) {
  return tx.rows<{ readonly id: string; readonly role: StaffRole }>(sql`
    SELECT s.id, s.role FROM staff_member s WHERE NOT s.is_active AND s.left_at < ${before} AND ${which}
    ORDER BY s.id LIMIT ${AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED`);
}
