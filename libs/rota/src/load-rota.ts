import { DutyRota, type Absence, type AlertGroup, type Cover, type Shift, type WorkingCalendar } from '#domain';
import { type Statements, sql } from '#store';
import type { ChannelsInUse } from './channels-in-use.ts';

/** A person who may be told, and how they can be. */
export interface Person {
  readonly id: string;
  readonly groups: readonly AlertGroup[];
  readonly agencyId: string | null;
  readonly hasEmail: boolean;
  readonly hasPhone: boolean;
}

/** Who answers, and how each can be reached. */
export interface LoadedRota {
  readonly duty: DutyRota;
  readonly people: ReadonlyMap<string, Person>;
}

type Written<T extends { from: unknown; until: unknown }> = Omit<T, 'from' | 'until'> & { from: string; until: string };

/** The rota as it stands, without what is over. */
export async function loadRota(on: Statements, calendar: WorkingCalendar, inUse: ChannelsInUse): Promise<LoadedRota> {
  const found = await on.row<{
    people: readonly Person[];
    shifts: readonly Shift[];
    covers: readonly Written<Cover>[];
    absences: readonly Written<Absence>[];
  }>(sql`SELECT
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'groups', alert_groups, 'agencyId', agency_id,
       'hasEmail', email_failed_at IS NULL, 'hasPhone', phone IS NOT NULL AND phone_failed_at IS NULL)), '[]')
     FROM staff_member WHERE is_active) AS people,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('group', alert_group, 'personId', staff_member_id,
       'weekday', weekday, 'from', starts, 'until', ends)), '[]') FROM rota_shift) AS shifts,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('group', alert_group, 'personId', staff_member_id,
       'from', starts_at, 'until', ends_at)), '[]') FROM rota_cover WHERE ends_at > (SELECT mash.now())) AS covers,
    (SELECT coalesce(jsonb_agg(jsonb_build_object('personId', staff_member_id,
       'from', starts_at, 'until', ends_at)), '[]') FROM absence WHERE ends_at > (SELECT mash.now())) AS absences`);
  const { people, shifts, covers, absences } = found!;
  const rota = {
    people: people.map(({ id, groups, agencyId, hasEmail, hasPhone }) => ({
      ...{ id, groups, agencyId },
      isReachable: hasEmail || (hasPhone && inUse.has('sms')),
    })),
    shifts,
    covers: covers.map((cover) => ({ ...cover, ...asInstants(cover) })),
    absences: absences.map((absence) => ({ ...absence, ...asInstants(absence) })),
  };
  return { duty: new DutyRota(rota, calendar), people: new Map(people.map((person) => [person.id, person])) };
}

function asInstants({ from, until }: { from: string; until: string }) {
  return { from: Temporal.Instant.from(from), until: Temporal.Instant.from(until) };
}
