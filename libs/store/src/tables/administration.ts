import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Id, Instant, Text, Uuid, Whole } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** Which value of the identity provider's claim `roles` makes a person what at the hub. */
@Entity('role_mapping')
@Unique(['value'])
export class RoleMapping {
  @Id() id!: string;
  @Text() value!: string;
  @Text() role!: string;
  /** The first that a person has counts. */
  @Whole() position!: number;
  @Instant() addedAt!: Temporal.Instant;
}

/** By which a session of the console asks the identity provider again what its person is. */
@Entity('provider_grant')
@Index('provider_grant_staff_idx', ['staffId'])
export class ProviderGrant {
  @PrimaryColumn({ type: 'text' }) sid!: string;
  @Uuid() @ForeignKey(() => StaffMember) staffId!: string;
  @Column({ type: 'bytea' }) sealed!: Buffer;
  @Instant() checkedAt!: Temporal.Instant;
}

/** What the council is called and how the hub is reached, as an administrator said it. Append-only. */
@Entity('council_version')
export class CouncilVersion {
  @PrimaryColumn({ type: 'integer' }) version!: number;
  /** Null is as the environment has it. So are the others. */
  @Text({ nullable: true }) name!: string | null;
  @Text({ nullable: true }) hubPhone!: string | null;
  @Text({ nullable: true }) hubHours!: string | null;
  @Text({ nullable: true }) edtPhone!: string | null;
  @Uuid() @ForeignKey(() => StaffMember) changedBy!: string;
  @Instant() changedAt!: Temporal.Instant;
}
