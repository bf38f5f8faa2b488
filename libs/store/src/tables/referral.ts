import type { ConcernType, Rating, ReferralSource } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Agency } from './agency.ts';
import { Id, Instant, InstantOrNull, Json, Text, Texts, Uuid, Whole, YesNo } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** How a referral came: a program or a person of an agency sent it, or a person of the hub took it down. */
export type ReceivedBy = 'api' | 'agency_form' | TakenDownBy;
export type TakenDownBy = 'telephone' | 'walk_in';

export type ReferralStatus = 'awaiting_decision' | 'awaiting_sign_off' | 'decided';

/** What an agency sent about one or more children, and where it stands. */
@Entity('referral')
@Unique(['reference'])
@Index('referral_queue_idx', ['urgency', 'decisionDueAt', 'receivedAt', 'id'], { where: "status <> 'decided'" })
@Index('referral_open_facts_idx', { synchronize: false })
@Index('referral_claimed_by_idx', ['claimedBy'], { where: "status <> 'decided' AND claimed_by IS NOT NULL" })
@Index('referral_takeable_idx', ['urgency', 'decisionDueAt', 'receivedAt', 'id'], {
  where: "status = 'awaiting_decision' AND claimed_by IS NULL",
})
@Index('referral_claim_lapses_idx', ['claimLapsesAt'], {
  where: "status = 'awaiting_decision' AND claimed_by IS NOT NULL",
})
@Index('referral_referrer_phone_idx', { synchronize: false })
@Index('referral_received_idx', ['receivedAt'])
@Index('referral_sign_off_idx', ['id'], { where: "status = 'awaiting_sign_off'" })
@Index('referral_response_time_idx', ['responseTimeId'], { unique: true, where: 'response_time_id IS NOT NULL' })
@Index('referral_agency_idx', ['agencyId', 'receivedAt'])
@Index('referral_sender_reference_idx', { synchronize: false })
@Index('referral_agency_form_idx', ['agencyId', 'receivedAt'], { where: "channel = 'agency_form'" })
@Index('referral_changed_idx', ['lastChangedAt'])
@Index('referral_opened_idx', ['firstOpenedAt'], { where: 'first_opened_at IS NOT NULL' })
@Index('referral_decided_idx', ['lastChangedAt'], { where: "status = 'decided'" })
export class Referral {
  @Id() id!: string;
  /** Short, speakable and unguessable: `MASH-7K3F-9QXT`. */
  @Text() reference!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  /** The census's source of this referral itself, which an individual on the telephone has too; null on those of before. */
  @Text({ nullable: true }) sourceCode!: ReferralSource | null;
  @Text() channel!: ReceivedBy;
  /** Who of the hub took it down, or of the agency filled in its form; null when a program sent it. */
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) takenBy!: string | null;
  @Text() status!: ReferralStatus;
  /** Counts every change; a guarded update names the one it saw. */
  @Whole() version!: number;
  @Text() rating!: Rating;
  /** 1 red, 2 amber, 3 green: what the queue sorts by. */
  @Column({ type: 'smallint' }) urgency!: number;
  @YesNo() immediateDanger!: boolean;
  /** The body as submitted, without its children and adults. Never changed. */
  @Json() submitted!: Record<string, unknown>;
  /** The concern's types, once more beside `submitted`, for filtering. */
  @Texts() concernTypes!: readonly ConcernType[];
  @Instant() receivedAt!: Temporal.Instant;
  @Instant() decisionDueAt!: Temporal.Instant;
  @Instant() statutoryDueAt!: Temporal.Instant;
  @Uuid({ nullable: true }) @ForeignKey(() => StaffMember) claimedBy!: string | null;
  @InstantOrNull() claimedAt!: Temporal.Instant | null;
  /** Until when the claim lasts if its holder does nothing. Means something while a decision is awaited. */
  @InstantOrNull() claimLapsesAt!: Temporal.Instant | null;
  @InstantOrNull() firstOpenedAt!: Temporal.Instant | null;
  @InstantOrNull() firstClaimedAt!: Temporal.Instant | null;
  @InstantOrNull() firstRatedAt!: Temporal.Instant | null;
  /** How long it took; null while no decision is in effect. */
  @Uuid({ nullable: true }) @ForeignKey('response_time') responseTimeId!: string | null;
  /** Until when the decision can be taken back, and no person outside learns of it. */
  @InstantOrNull() undoableUntil!: Temporal.Instant | null;
  @Instant() lastChangedAt!: Temporal.Instant;
}

/** A child as submitted. Never changed. The identifiers are kept beside for looking the child up. */
@Entity('referral_child')
@Index('referral_child_nhs_number_idx', ['nhsNumber'], { where: 'nhs_number IS NOT NULL' })
@Index('referral_child_upn_idx', ['upn'], { where: 'upn IS NOT NULL' })
@Index('referral_child_name_idx', ['nameKey', 'dateOfBirth'], {
  where: 'name_key IS NOT NULL AND date_of_birth IS NOT NULL',
})
export class ReferralChild {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  @Json() submitted!: Record<string, unknown>;
  @Text({ nullable: true }) nhsNumber!: string | null;
  @Text({ nullable: true }) upn!: string | null;
  /** The letters of first and last name, begun where they are smallest (`nameKey`); null without a name. */
  @Text({ nullable: true }) nameKey!: string | null;
  @Column({ type: 'date', nullable: true }) dateOfBirth!: string | null;
}

/** An adult as submitted. Never changed. */
@Entity('referral_adult')
@Index('referral_adult_phone_idx', { synchronize: false })
export class ReferralAdult {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @PrimaryColumn({ type: 'smallint' }) position!: number;
  @Json() submitted!: Record<string, unknown>;
}

/** An earlier referral of one of the same children, found by NHS number, UPN, or name and date of birth. */
@Entity('earlier_referral')
@Index('earlier_referral_earlier_idx', ['earlierId'])
export class EarlierReferral {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) earlierId!: string;
  @Text() matchedOn!: 'nhs_number' | 'upn' | 'name_and_date_of_birth' | 'confirmed';
}

/** A key under which an agency sent a referral, and the answer it got. Written with the referral or not at all. */
@Entity('idempotency_key')
@Index('idempotency_key_referral_idx', ['referralId'], { unique: true })
export class IdempotencyKey {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Agency) agencyId!: string;
  @PrimaryColumn({ type: 'text' }) key!: string;
  /** SHA-256 of the canonical JSON of the body. */
  @Column({ type: 'bytea' }) fingerprint!: Buffer;
  @Uuid() @ForeignKey(() => Referral) referralId!: string;
  @Json() answer!: Record<string, unknown>;
  @Instant() createdAt!: Temporal.Instant;
}
