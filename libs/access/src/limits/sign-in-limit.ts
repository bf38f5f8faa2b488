import { Injectable } from '@nestjs/common';
import { ConsoleSettings } from '#platform';
import { LimitStore } from './limit-store.ts';
import { RateLimit, type Standing } from './rate-limit.ts';

const A_MINUTE = 60;

/** How many sign-ins may fail from one address. A whole office may have one, so the limit is for programs. */
@Injectable()
export class SignInLimit {
  private readonly failures: RateLimit;

  constructor(
    private readonly store: LimitStore,
    settings: ConsoleSettings,
  ) {
    const { RATE_FAILED_SIGN_INS: points } = { ...new ConsoleSettings(), ...settings };
    this.failures = new RateLimit(store, { name: 'failed-sign-ins', points, seconds: A_MINUTE });
  }

  async countFailure(address: string | undefined): Promise<void> {
    await this.failures.count(this.store.keyOf(address));
  }

  /** How an address stands from which too many sign-ins failed; null for any other. */
  over(address: string | undefined): Standing | null {
    return this.failures.known(this.store.keyOf(address));
  }
}
