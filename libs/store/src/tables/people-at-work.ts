import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Instant, Json } from './columns.ts';
import { Referral } from './referral.ts';
import { StaffMember } from './staff-member.ts';

/** A person has a referral open at this moment. */
@Entity('looking')
export class Looking {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => Referral) referralId!: string;
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => StaffMember) staffId!: string;
  @Instant() seenAt!: Temporal.Instant;
}

/** How a person likes to work. */
@Entity('preference')
export class Preference {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => StaffMember) staffId!: string;
  @Json() preferences!: Record<string, unknown>;
  @Instant() changedAt!: Temporal.Instant;
}
