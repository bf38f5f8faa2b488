import type { CalendarData, TriagePolicy } from '#domain';
import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Json } from './columns.ts';

/** The triage policy from an instant on. Append-only: a change is a new version. */
@Entity('policy_version')
export class PolicyVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Json() policy!: TriagePolicy;
  @Instant() effectiveFrom!: Temporal.Instant;
}

/** The opening hours and closed days from an instant on. Append-only. */
@Entity('calendar_version')
export class CalendarVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Json() calendar!: CalendarData;
  @Instant() effectiveFrom!: Temporal.Instant;
}
