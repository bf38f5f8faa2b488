import type { EventType } from '#domain';
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Agency, AgencyClient } from './agency.ts';
import { Id, Instant, InstantOrNull, Text, Uuid, Whole } from './columns.ts';

/** Where a program of an agency is told of what happened, with the secret that signs it. */
@Entity('webhook_endpoint')
@Index('webhook_endpoint_agency_idx', ['agencyId'])
@Index('webhook_endpoint_address_idx', ['agencyId', 'address'], { unique: true, where: 'removed_at IS NULL' })
export class WebhookEndpoint {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  /** The program that added it: while that is suspended nothing is sent. */
  @Uuid() @ForeignKey(() => AgencyClient) clientId!: string;
  @Text() address!: string;
  @Instant() addedAt!: Temporal.Instant;
  /** Sealed; null of one that is removed. */
  @Column({ type: 'bytea', nullable: true }) secret!: Buffer | null;
  /** The one before, sealed, which signs as well until then. */
  @Column({ type: 'bytea', nullable: true }) oldSecret!: Buffer | null;
  @InstantOrNull() oldSecretUntil!: Temporal.Instant | null;
  /** The number of the last event of the agency for which it has a delivery. */
  @Column({ type: 'bigint' }) toldTo!: number;
  /** Tries in a row that failed, and since when. */
  @Whole() failures!: number;
  @InstantOrNull() failingSince!: Temporal.Instant | null;
  /** Until then nothing is sent to it. */
  @InstantOrNull() restsUntil!: Temporal.Instant | null;
  /** Since when it is switched off, and why; null for one that is not. */
  @InstantOrNull() offSince!: Temporal.Instant | null;
  @Text({ nullable: true }) offBecause!: 'failing' | 'gone' | null;
  @InstantOrNull() removedAt!: Temporal.Instant | null;
}

/** One event for one endpoint, or a test of it. */
@Entity('webhook_delivery')
@Unique(['endpointId', 'messageId'])
@Index('webhook_delivery_waiting_idx', ['endpointId', 'dueAt'], { where: "state = 'waiting'" })
@Index('webhook_delivery_log_idx', ['endpointId', 'madeAt', 'id'])
@Index('webhook_delivery_settled_idx', ['settledAt'], { where: 'settled_at IS NOT NULL' })
export class WebhookDelivery {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => WebhookEndpoint) endpointId!: string;
  /** The id of the event, and the same at each try, so that a receiver knows a repeat. */
  @Uuid() messageId!: string;
  /** The number of the event among those of the agency; null of a test. */
  @Column({ type: 'bigint', nullable: true }) position!: number | null;
  @Text() type!: EventType | 'webhook.test';
  @Instant() madeAt!: Temporal.Instant;
  @Text() state!: 'waiting' | 'delivered' | 'failed' | 'not_sent';
  @Whole() attempts!: number;
  /** Tries in a row that failed, and since when. */
  @Whole() failures!: number;
  @InstantOrNull() failingSince!: Temporal.Instant | null;
  /** When it is tried next; null of one that does not wait. */
  @InstantOrNull() dueAt!: Temporal.Instant | null;
  @InstantOrNull() settledAt!: Temporal.Instant | null;
}

/** One try of a delivery. What the receiver answered is not kept, but for its status. */
@Entity('webhook_attempt')
export class WebhookAttempt {
  @PrimaryColumn({ type: 'uuid' }) @ForeignKey(() => WebhookDelivery) deliveryId!: string;
  /** From 1. */
  @PrimaryColumn({ type: 'integer' }) number!: number;
  @Instant() at!: Temporal.Instant;
  /** Of HTTP; null where no answer came. */
  @Whole({ nullable: true }) status!: number | null;
  /** Why it failed, as a code; null where the receiver has it. */
  @Text({ nullable: true }) fault!: string | null;
}
