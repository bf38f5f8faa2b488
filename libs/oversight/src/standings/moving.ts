import { Injectable } from '@nestjs/common';
import type { Standing } from '#domain';
import type { Transaction } from '#store';
import { changedSince } from './changed-since.ts';
import { lastClose } from './last-close.ts';
import { byReceipt, Standings } from './standings.ts';
import { UntilNextClose } from './until-next-close.ts';

/** The referrals that wait, or that changed since the latest close: all others stand as they stood then. */
export interface Moving {
  /** The instant of the latest close; null when there is none. */
  readonly close: Temporal.Instant | null;
  /** How those of them that were there stood at the close. */
  readonly then: readonly Standing[];
  /** How they stand now, in the order of their receipt. */
  readonly now: readonly Standing[];
}

/** Reads what moves, and keeps in memory what moves no more until the next close. */
@Injectable()
export class ReadMoving {
  private readonly openAtClose = new UntilNextClose<readonly Standing[]>();

  constructor(private readonly standings: Standings) {}

  async execute(tx: Transaction): Promise<Moving> {
    const close = await lastClose(tx);
    const open = await this.openAtClose.of(tx, 'open', () => this.standings.atClose(tx, 'open'));
    const changed = new Set(await changedSince(tx, close));
    const then = [...open, ...(await this.standings.decidedAtClose(tx, [...changed]))];
    const unchanged = open.filter(({ referralId }) => !changed.has(referralId));
    const anew = await this.standings.fromRecord(tx, [...changed], tx.now);
    return { close, then, now: [...unchanged, ...anew].sort(byReceipt) };
  }
}
