import type { AlertGroup, Weekday } from '#domain';
import { Entity, ForeignKey, Index } from 'typeorm';
import { Id, Instant, Text, Uuid } from './columns.ts';
import { StaffMember } from './staff-member.ts';

/** A weekly turn of a person in a group, in the hub's local time. One that ends before it starts ends the next day. */
@Entity('rota_shift')
export class RotaShift {
  @Id() id!: string;
  @Text() alertGroup!: AlertGroup;
  @Uuid() @ForeignKey(() => StaffMember) staffMemberId!: string;
  @Text() weekday!: Weekday;
  @Text() starts!: string;
  @Text() ends!: string;
}

/** Instead of a group's weekly rota, for a while. */
@Entity('rota_cover')
@Index('rota_cover_ends_idx', ['endsAt'])
export class RotaCover {
  @Id() id!: string;
  @Text() alertGroup!: AlertGroup;
  @Uuid() @ForeignKey(() => StaffMember) staffMemberId!: string;
  @Instant() startsAt!: Temporal.Instant;
  @Instant() endsAt!: Temporal.Instant;
}

/** A time in which a person does not answer, even where the rota has a turn. */
@Entity('absence')
@Index('absence_ends_idx', ['endsAt'])
export class Absence {
  @Id() id!: string;
  @Uuid() @ForeignKey(() => StaffMember) staffMemberId!: string;
  @Instant() startsAt!: Temporal.Instant;
  @Instant() endsAt!: Temporal.Instant;
}
