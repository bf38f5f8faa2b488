import { Injectable } from '@nestjs/common';
import { randomUUIDv7 } from 'node:crypto';
import { changeContact, changeGroups, type StaffActor } from '#access';
import { auditEntry, type AuditDetails } from '#audit';
import { endServiceDeadline } from '#deadlines';
import type { AlertGroup, Weekday } from '#domain';
import { Refused } from '#platform';
import { Absence, Database, once, RotaCover, RotaShift, rowsOf, sql, type Sql, type Transaction } from '#store';

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
  | { readonly kind: 'remove'; readonly what: 'shift' | 'cover' | 'absence'; readonly id: string }
  | {
      readonly kind: 'set-contact';
      readonly personId: string;
      readonly email: string;
      readonly phone: string | null;
      readonly groups: readonly AlertGroup[];
      /** An address that had failed is as it was, and works. */
      readonly worksAgain: boolean;
    };

/** A manager changes the rota. The people who are told from then on are worked out anew at every alert. */
@Injectable()
export class ChangeRota {
  constructor(private readonly database: Database) {}

  /**
   * @param formId the form that it is sent from, a UUID
   * @throws Refused `not-found`, `form-sent-before`, or `last-resort-would-be-empty` when it would leave that group empty
   */
  async execute(change: RotaChange, by: StaffActor, formId: string): Promise<void> {
    const details = detailsOf(change);
    const form = { id: formId, kind: 'rota', answers: details };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        if ('personId' in change) await mustWorkHere(tx, change.personId);
        await this.apply(tx, change);
        const { email: _email, phone: _phone, ...codes } = { email: '', phone: '', ...details };
        await tx.insert(auditEntry(tx, 'rota.changed', null, codes));
        return {};
      }),
    );
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
        if ((await tx.run(REMOVAL[change.what](change.id))) === 0) throw new Refused('not-found');
        return;
      }
      case 'set-contact':
        return setContact(tx, change);
    }
  }
}

/** How each part of the rota is taken away. */
const REMOVAL: Readonly<Record<'shift' | 'cover' | 'absence', (id: string) => Sql>> = {
  shift: (id) => sql`DELETE FROM rota_shift WHERE id = ${id}`,
  cover: (id) => sql`DELETE FROM rota_cover WHERE id = ${id}`,
  absence: (id) => sql`DELETE FROM absence WHERE id = ${id}`,
};

/** A new address is trusted until it fails; what was said of the old one is settled. */
async function setContact(
  tx: Transaction,
  { personId, email, phone, groups, worksAgain }: Extract<RotaChange, { kind: 'set-contact' }>,
): Promise<void> {
  await tx.lock('lastResort');
  const before = await tx.row<{ email: string; phone: string | null }>(
    sql`SELECT email, phone FROM staff_member WHERE id = ${personId}`,
  );
  for (const [address, to] of [
    ['email', email],
    ['phone', phone],
  ] as const) {
    if (before![address] === to && !worksAgain) continue;
    await changeContact(tx, personId, address, to);
    await endServiceDeadline(tx, 'contact_failed', `${personId} ${address}`);
  }
  await changeGroups(tx, personId, groups);
  const left = await tx.row(sql`SELECT 1 FROM staff_member WHERE is_active AND 'last_resort' = ANY(alert_groups)`);
  if (left === null) throw new Refused('last-resort-would-be-empty');
}

async function mustWorkHere(tx: Transaction, id: string): Promise<void> {
  const found = await tx.row(sql`SELECT 1 FROM staff_member
    WHERE id = ${id} AND is_active AND agency_id IS NULL FOR UPDATE`);
  if (found === null) throw new Refused('not-found');
}

/** A change as JSON holds it. */
function detailsOf(change: RotaChange): AuditDetails {
  return Object.fromEntries(
    Object.entries(change).map(([name, value]: [string, unknown]) => [
      name,
      (value instanceof Temporal.Instant ? value.toString() : value) as AuditDetails[string],
    ]),
  );
}
