import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Agency, AgencyClient } from './agency.ts';
import { Id, Instant, InstantOrNull, Texts, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** An administrator's invitation to let one program in. Only the SHA-256 of its token is kept. */
@Entity('client_invitation')
@Index('client_invitation_agency_idx', ['agencyId'])
export class ClientInvitation {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => Agency) agencyId!: string;
  @Texts() scopes!: readonly string[];
  @Column({ type: 'bytea', unique: true }) tokenHash!: Buffer;
  @Uuid() @ForeignKey(() => StaffMember, { onDelete: 'RESTRICT' }) madeBy!: string;
  @Instant() madeAt!: Temporal.Instant;
  @Instant() expiresAt!: Temporal.Instant;
  @InstantOrNull() withdrawnAt!: Temporal.Instant | null;
  /** The program that was let in by it; null until then. */
  @Uuid({ nullable: true }) @ForeignKey(() => AgencyClient) clientId!: string | null;
  @InstantOrNull() usedAt!: Temporal.Instant | null;
}
