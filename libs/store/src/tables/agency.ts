import type { FeedbackBy } from '#domain';
import { Column, Entity, ForeignKey, Unique } from 'typeorm';
import { Id, Instant, InstantOrNull, Text, Uuid } from './columns.ts';

/** A partner that refers children: a school, a police force, a health service, a landlord. */
@Entity('agency')
export class Agency {
  @Id() id!: string;
  @Text() name!: string;
  @Text() kind!: string;
  /** DfE source of referral, such as 2A for schools. */
  @Text() sourceCode!: string;
  /** By what means its referrers are told of a decision. */
  @Text({ default: 'email' }) feedbackBy!: FeedbackBy;
  @Instant() createdAt!: Temporal.Instant;
}

/** A credential of an agency. Only the SHA-256 of its token is kept. */
@Entity('agency_client')
@Unique(['tokenHash'])
export class AgencyClient {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  @Column({ type: 'bytea' }) tokenHash!: Buffer;
  @Instant() createdAt!: Temporal.Instant;
  @InstantOrNull() revokedAt!: Temporal.Instant | null;
}
