import { Column, Entity, PrimaryColumn } from 'typeorm';
import { Instant, InstantOrNull, Json, Whole, YesNo } from './columns.ts';

/** Something that the watchdog found not to hold. */
export interface Finding {
  /** The invariant, such as `I1`. */
  readonly invariant: string;
  /** How many rows break it. */
  readonly count: number;
}

/** What the watchdog saw in its last round: one row. */
@Entity('watchdog_round')
export class WatchdogRound {
  @PrimaryColumn({ type: 'smallint' }) id!: number;
  @Instant() checkedAt!: Temporal.Instant;
  @YesNo() holds!: boolean;
  @Json() findings!: readonly Finding[];
  @InstantOrNull() canaryFiredAt!: Temporal.Instant | null;
  @Whole({ nullable: true }) canaryLatenessMs!: number | null;
  @InstantOrNull() switchFedAt!: Temporal.Instant | null;
}

/** What a provider may still be sent at this moment: a token bucket, shared by every worker. */
@Entity('sending_budget')
export class SendingBudget {
  @PrimaryColumn({ type: 'text' }) provider!: string;
  @Column({ type: 'double precision' }) tokens!: number;
  @Instant() refilledAt!: Temporal.Instant;
}

/** How often browsers refused a kind of content on a page of the console, on a day by UTC. */
@Entity('content_refusal')
export class ContentRefusalCount {
  @PrimaryColumn({ type: 'date' }) day!: string;
  /** The directive of the page's policy, such as `script-src-elem`. */
  @PrimaryColumn({ type: 'text' }) directive!: string;
  /** The origin of the content, or a word such as `inline`. */
  @PrimaryColumn({ type: 'text' }) blocked!: string;
  /** The path of the page, without references and ids. */
  @PrimaryColumn({ type: 'text' }) page!: string;
  @Whole() count!: number;
}
