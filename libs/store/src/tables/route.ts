import type { EdgeOfCareEventKind, Localities, RouteKind } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Decision } from './decision.ts';
import { Id, Instant, InstantOrNull, Json, Text, Uuid, Whole } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** Which team takes a family, by where it lives, from an instant on. Append-only: a change is a new version. */
@Entity('locality_version')
export class LocalityVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  @Json() localities!: Localities;
  @Instant() effectiveFrom!: Temporal.Instant;
  /** Null for the example that the service ships with. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) madeBy!: string | null;
  @InstantOrNull() madeAt!: Temporal.Instant | null;
  @Text({ nullable: true }) reason!: string | null;
}

/** Where the decider said that a family goes, other than the address says, or where it says nothing. Append-only. */
@Entity('route_choice')
export class RouteChoice {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Decision) decisionId!: string;
  /** The code of a locality team. */
  @Text({ nullable: true }) team!: string | null;
  /** The worker or the authority that takes it on. */
  @Text({ nullable: true }) recipient!: string | null;
  /** Why another team than that of the address. */
  @Text({ nullable: true }) reason!: string | null;
}

/**
 * A family is sent to others by a decision. It is answered once, and ends when it is sent on, decided again or taken back;
 * the rest never changes.
 */
@Entity('route')
@Index('route_one_live_idx', ['referralId'], { unique: true, where: 'ended_at IS NULL' })
@Index('route_referral_idx', ['referralId', 'sentAt'])
@Index('route_open_idx', ['dueAt'], { where: "ended_at IS NULL AND answer IS DISTINCT FROM 'accepted'" })
@Index('route_sent_idx', ['sentAt'])
@Index('route_decision_fkey_idx', ['decisionId'])
export class Route {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  @Text() kind!: RouteKind;
  /** The code of the team, by the table of `localityVersion`; null while no team is chosen. */
  @Text({ nullable: true }) team!: string | null;
  /** The worker or the authority, by name; null while a person has to name it. */
  @Text({ nullable: true }) recipient!: string | null;
  @Whole({ nullable: true }) @ForeignKey(() => LocalityVersion, 'version') localityVersion!: number | null;
  /** Null while none is chosen, and where there is no choice. */
  @Text({ nullable: true }) chosenBy!: 'address' | 'person' | null;
  /** Why another team than that of the address, or why it is sent on. */
  @Text({ nullable: true }) reason!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) sentBy!: string;
  @Instant() sentAt!: Temporal.Instant;
  @Instant() dueAt!: Temporal.Instant;
  @Text({ nullable: true }) answer!: 'accepted' | 'returned' | null;
  /** The person of the team, by name. */
  @Text({ nullable: true }) answeredBy!: string | null;
  @InstantOrNull() answeredAt!: Temporal.Instant | null;
  /** Why it was returned. */
  @Text({ nullable: true }) answerReason!: string | null;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) recordedBy!: string | null;
  @InstantOrNull() recordedAt!: Temporal.Instant | null;
  @InstantOrNull() endedAt!: Temporal.Instant | null;
  @Text({ nullable: true }) endReason!: 'undone' | 'sent_on' | 'decided_again' | null;
}

/** Who might come into care and why, for the edge of care service. Append-only; the latest of a decision holds. */
@Entity('edge_of_care_plan')
@Index('edge_of_care_plan_referral_idx', ['referralId', 'writtenAt'])
@Index('edge_of_care_plan_decision_fkey_idx', ['decisionId'])
export class EdgeOfCarePlan {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  /** Their places among the children of the referral, from 0. */
  @Column({ type: 'smallint', array: true }) children!: readonly number[];
  @Text() why!: string;
  /** A local date, `YYYY-MM-DD`; null where it cannot be said. */
  @Column({ type: 'date', nullable: true }) byWhen!: string | null;
  @Text() familyNetwork!: string;
  @Text() childsView!: string;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) writtenBy!: string;
  @Instant() writtenAt!: Temporal.Instant;
}

/** What happened to a family at the edge of care. Append-only. */
@Entity('edge_of_care_event')
@Index('edge_of_care_event_referral_idx', ['referralId', 'recordedAt'])
@Index('edge_of_care_event_decision_fkey_idx', ['decisionId'])
export class EdgeOfCareEvent {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Uuid() @ForeignKey(() => Decision) decisionId!: string;
  @Text() kind!: EdgeOfCareEventKind;
  /** A local date, `YYYY-MM-DD`. */
  @Column({ type: 'date' }) onDate!: string;
  @Text({ nullable: true }) words!: string | null;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) recordedBy!: string;
  @Instant() recordedAt!: Temporal.Instant;
}
