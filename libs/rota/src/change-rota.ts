import { randomUUIDv7 } from 'node:crypto';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { endServiceDeadline } from '#deadlines';
import type { AlertGroup, Weekday } from '#domain';
import { Refused } from '#platform';
import { Absence, RotaCover, RotaShift, rowsOf, type Database, type Transaction } from '#store';

/** A change of who answers. Times of a week are the hub's local time. */
export type RotaChange =
  | {
      readonly kind: 'add-shift';
      readonly group: AlertGroup;
      readonly personId: string;
      readonly weekdays: readonly Weekday[];
      readonly from: string;
      readonly until: string;
    }
  | {
      readonly kind: 'add-cover';
      readonly group: AlertGroup;
      readonly personId: string;
      readonly from: Temporal.Instant;
      readonly until: Temporal.Instant;
    }
  | {
      readonly kind: 'add-absence';
      readonly personId: string;
      readonly from: Temporal.Instant;
      readonly until: Temporal.Instant;
    }
  | { readonly kind: 'remove'; readonly what: 'rota_shift' | 'rota_cover' | 'absence'; readonly id: string }
  | {
      readonly kind: 'set-contact';
      readonly personId: string;
      readonly email: string;
      readonly phone: string | null;
      readonly groups: readonly AlertGroup[];
      /** An address that had failed is as it was, and works. */
      readonly worksAgain: boolean;
    };

/** A manager changes the rota. Whoever is told from then on is worked out anew at every alert. */
export class ChangeRota {
  constructor(private readonly database: Database) {}

  /** @throws Refused `not-found`, or `last-resort-needs-somebody` when it would leave that group empty */
  async execute(change: RotaChange, by: StaffActor): Promise<void> {
    await this.database.transaction(async (tx) => {
      if ('personId' in change) await mustWorkHere(tx, change.personId);
      await this.apply(tx, change);
      const { kind, ...details } = change;
      const { email: _email, phone: _phone, ...codes } = { email: '', phone: '', ...details };
      await tx.insert(auditEntry(tx, by, 'rota.changed', null, { kind, ...written(codes) }));
    });
  }

  private async apply(tx: Transaction, change: RotaChange): Promise<void> {
    switch (change.kind) {
      case 'add-shift': {
        const { group: alertGroup, personId: staffMemberId, from: starts, until: ends } = change;
        const row = (weekday: Weekday) => ({ id: randomUUIDv7(), alertGroup, staffMemberId, weekday, starts, ends });
        return tx.insert(rowsOf(RotaShift, ...change.weekdays.map(row)));
      }
      case 'add-cover': {
        const { group: alertGroup, personId: staffMemberId, from: startsAt, until: endsAt } = change;
        return tx.insert(rowsOf(RotaCover, { id: randomUUIDv7(), alertGroup, staffMemberId, startsAt, endsAt }));
      }
      case 'add-absence': {
        const { personId: staffMemberId, from: startsAt, until: endsAt } = change;
        return tx.insert(rowsOf(Absence, { id: randomUUIDv7(), staffMemberId, startsAt, endsAt }));
      }
      case 'remove': {
        if ((await tx.update(`DELETE FROM ${change.what} WHERE id = $1`, [change.id])) === 0)
          throw new Refused('not-found');
        return;
      }
      case 'set-contact':
        return setContact(tx, change);
    }
  }
}

/** A new address is trusted until it fails; what was said of the old one is settled. */
async function setContact(
  tx: Transaction,
  { personId, email, phone, groups, worksAgain }: Extract<RotaChange, { kind: 'set-contact' }>,
): Promise<void> {
  await tx.rows(`SELECT pg_advisory_xact_lock(hashtextextended('last resort', 0))`);
  const before = await tx.row<{ email: string; phone: string | null }>(
    'SELECT email, phone FROM staff_member WHERE id = $1',
    [personId],
  );
  for (const [address, to] of [
    ['email', email],
    ['phone', phone],
  ] as const) {
    if (before![address] === to && !worksAgain) continue;
    await tx.update(
      `UPDATE staff_member SET ${address} = $2, ${address}_failed_at = NULL, contact_changed_at = $3 WHERE id = $1`,
      [personId, to, tx.now],
    );
    await endServiceDeadline(tx, 'contact_failed', `${personId} ${address}`);
  }
  await tx.update('UPDATE staff_member SET alert_groups = $2 WHERE id = $1', [personId, groups]);
  const left = await tx.row(`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
  if (left === null) throw new Refused('last-resort-needs-somebody');
}

async function mustWorkHere(tx: Transaction, id: string): Promise<void> {
  const found = await tx.row('SELECT 1 FROM staff_member WHERE id = $1 AND is_active FOR UPDATE', [id]);
  if (found === null) throw new Refused('not-found');
}

function written(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      value instanceof Temporal.Instant ? value.toString() : value,
    ]),
  );
}
