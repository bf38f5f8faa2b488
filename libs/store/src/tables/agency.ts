import type { FeedbackBy } from '#domain';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Id, Instant, InstantOrNull, Json, Text, Texts, Uuid } from './columns.ts';

/** A partner that refers children: a school, a police force, a health service, a landlord. */
@Entity('agency')
@Index('agency_folded_name_idx', ['foldedName'], { unique: true })
export class Agency {
  @Id() id!: string;
  @Text() name!: string;
  /** Its name as names are compared: an agency has one that no other has. */
  @Text() foldedName!: string;
  @Text() kind!: string;
  /** DfE source of referral, such as 2A for schools. */
  @Text() sourceCode!: string;
  /** By what means its referrers are told of a decision. */
  @Text({ default: 'email' }) feedbackBy!: FeedbackBy;
  @Instant() createdAt!: Temporal.Instant;
  /** Since when neither its people nor its programs may do anything; null for one that may. */
  @InstantOrNull() suspendedAt!: Temporal.Instant | null;
}

/** A program of an agency that sends referrals, asks how they stand, or answers requests. */
@Entity('agency_client')
@Index('agency_client_agency_idx', ['agencyId'])
export class AgencyClient {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  /** By which people know it, such as the name of the system. */
  @Text() name!: string;
  /** What it may ask for, codes of `SCOPES`. */
  @Texts() scopes!: readonly string[];
  @Instant() createdAt!: Temporal.Instant;
  /** Since when it may do nothing; null for one that may. */
  @InstantOrNull() suspendedAt!: Temporal.Instant | null;
}

/** A public key with which a client signs who it is. It has two at the most. */
@Entity('client_key')
@Index('client_key_kid_idx', ['clientId', 'kid'], { unique: true, where: 'removed_at IS NULL' })
export class ClientKey {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => AgencyClient) clientId!: string;
  /** By which the client names it. */
  @Text() kid!: string;
  /** The public key as a JSON Web Key, and nothing private. */
  @Json() jwk!: object;
  @Instant() addedAt!: Temporal.Instant;
  @Instant() expiresAt!: Temporal.Instant;
  @InstantOrNull() removedAt!: Temporal.Instant | null;
  @InstantOrNull() lastUsedAt!: Temporal.Instant | null;
}

/** The public keys that a client shows at an address of its own, as they were when they were fetched last. */
@Entity('client_key_set')
export class ClientKeySet {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => AgencyClient) clientId!: string;
  @Text() address!: string;
  /** Each with its `kid`, its `jwk`, and its `thumbprint` (RFC 7638). */
  @Json() keys!: readonly object[];
  @Instant() setAt!: Temporal.Instant;
  @Instant() triedAt!: Temporal.Instant;
  /** When they came last. */
  @Instant() fetchedAt!: Temporal.Instant;
  /** Why nothing came when it was tried last, as a code; null where the keys came. */
  @Text({ nullable: true }) fault!: string | null;
}

/** What a client shows at each request, for some minutes. Only the SHA-256 of the token is kept. */
@Entity('access_token')
@Index('access_token_expires_idx', ['expiresAt'])
export class AccessToken {
  @PrimaryColumn({ type: 'bytea' }) tokenHash!: Buffer;
  @Uuid() @ForeignKey(() => AgencyClient) clientId!: string;
  @Texts() scopes!: readonly string[];
  @Instant() issuedAt!: Temporal.Instant;
  @Instant() expiresAt!: Temporal.Instant;
}

/** An assertion that has been used: it is good once. Kept until it would have expired by itself. */
@Entity('used_assertion')
@Index('used_assertion_expires_idx', ['expiresAt'])
export class UsedAssertion {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => AgencyClient) clientId!: string;
  @PrimaryColumn({ type: 'bytea' }) jtiHash!: Buffer;
  @Instant() expiresAt!: Temporal.Instant;
}
