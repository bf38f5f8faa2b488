import type { CalendarData, TriagePolicy } from '#domain';
import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Instant, InstantOrNull, Json, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** The triage policy from an instant on. Append-only: a change is a new version. */
@Entity('policy_version')
export class PolicyVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Json() policy!: TriagePolicy;
  @Instant() effectiveFrom!: Temporal.Instant;
  /** Null for what came with the service. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) madeBy!: string | null;
  /** Null for what a hub began with; a version that came with a later release has the instant of its migration. */
  @InstantOrNull() madeAt!: Temporal.Instant | null;
  @Text({ nullable: true }) reason!: string | null;
}

/** The opening hours and closed days from an instant on. Append-only. */
@Entity('calendar_version')
export class CalendarVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Json() calendar!: CalendarData;
  @Instant() effectiveFrom!: Temporal.Instant;
  /** Null for what the service shipped with. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) madeBy!: string | null;
  @InstantOrNull() madeAt!: Temporal.Instant | null;
  @Text({ nullable: true }) reason!: string | null;
}
