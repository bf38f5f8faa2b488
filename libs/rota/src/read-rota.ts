import { Injectable } from '@nestjs/common';
import type { StaffActor } from '#access';
import { auditEntry } from '#audit';
import { Policies } from '#deadlines';
import { ALERT_GROUPS, type AlertGroup, type RotaGap, type Weekday } from '#domain';
import { Database, sql } from '#store';
import { loadRota } from './load-rota.ts';
import { readRotaWeek, type RotaWeek } from './read-rota-week.ts';
import { gapsAhead } from './watch-rota.ts';
import { ANY_CHANNEL } from './who-is-at-work.ts';

/** A person of the hub as the rota shows them. */
export interface RotaMember {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly AlertGroup[];
  readonly email: string;
  readonly phone: string | null;
  readonly emailFailedAt: Temporal.Instant | null;
  readonly phoneFailedAt: Temporal.Instant | null;
}

export interface ShiftLine {
  readonly id: string;
  readonly group: AlertGroup;
  readonly name: string;
  /** No person answers in this turn until it is given to another. */
  readonly hasLeft: boolean;
  readonly weekday: Weekday;
  readonly from: string;
  readonly until: string;
}

/** A cover, or with no group an absence. */
export interface StretchLine {
  readonly id: string;
  readonly group: AlertGroup | null;
  readonly name: string;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

export interface RotaPage {
  readonly now: Temporal.Instant;
  /** For each group who answers an alert for it now, and for which groups they do. */
  readonly answering: readonly {
    readonly group: AlertGroup;
    readonly by: readonly string[];
    readonly groups: readonly AlertGroup[];
  }[];
  readonly gaps: readonly RotaGap[];
  readonly week: RotaWeek;
  readonly members: readonly RotaMember[];
  readonly shifts: readonly ShiftLine[];
  readonly covers: readonly StretchLine[];
  readonly absences: readonly StretchLine[];
}

/** Who answers alerts: now, by the week, and where no person does. */
@Injectable()
export class ReadRota {
  constructor(
    private readonly database: Database,
    private readonly policies: Policies,
  ) {}

  /** @param week a date of the week that is shown; null for the week of now */
  async execute({ by, week }: { by: StaffActor; week: Temporal.PlainDate | null }): Promise<RotaPage> {
    return this.database.as(by).transaction(async (tx) => {
      const { calendar } = await this.policies.inForce(tx);
      const { duty } = await loadRota(tx, calendar, ANY_CHANNEL);
      const members = await tx.rows<RotaMember>(
        sql`SELECT id, name, alert_groups AS groups, email, phone, email_failed_at AS "emailFailedAt",
           phone_failed_at AS "phoneFailedAt"
         FROM staff_member WHERE is_active AND agency_id IS NULL ORDER BY name, id`,
      );
      const nameOf = (id: string) => members.find((member) => member.id === id)!.name;
      await tx.insert(auditEntry(tx, 'rota.read'));
      return {
        now: tx.now,
        answering: ALERT_GROUPS.map((group) => {
          const told = duty.whoAnswers([group], tx.now);
          return { group, by: told.people.map(nameOf), groups: told.groups };
        }),
        gaps: await gapsAhead(tx, this.policies, ANY_CHANNEL),
        week: await readRotaWeek(tx, this.policies, ANY_CHANNEL, week),
        members,
        shifts: await tx.rows<ShiftLine>(
          sql`SELECT s.id, s.alert_group AS "group", m.name, NOT m.is_active AS "hasLeft", s.weekday, s.starts AS "from",
             s.ends AS "until"
           FROM rota_shift s JOIN staff_member m ON m.id = s.staff_member_id
           ORDER BY array_position(ARRAY['mon','tue','wed','thu','fri','sat','sun'], s.weekday), s.starts, m.name`,
        ),
        covers: await tx.rows<StretchLine>(sql`
          SELECT s.id, s.alert_group AS "group", m.name, s.starts_at AS "from", s.ends_at AS "until"
          FROM rota_cover s JOIN staff_member m ON m.id = s.staff_member_id
          WHERE s.ends_at > ${tx.now} ORDER BY s.starts_at, m.name`),
        absences: await tx.rows<StretchLine>(sql`
          SELECT s.id, NULL AS "group", m.name, s.starts_at AS "from", s.ends_at AS "until"
          FROM absence s JOIN staff_member m ON m.id = s.staff_member_id
          WHERE s.ends_at > ${tx.now} ORDER BY s.starts_at, m.name`),
      };
    });
  }
}
