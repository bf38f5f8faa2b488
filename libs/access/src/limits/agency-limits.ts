import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiSettings } from '#platform';
import { LimitStore } from './limit-store.ts';
import { RateLimit } from './rate-limit.ts';

const A_MINUTE = 60;
/** Failures of an address and a client may come of others there: so many times the limit their good assertions go through. */
const FLOOD = 10;
/** Credentials that a process remembers as good. */
const MOST_REMEMBERED = 5_000;

/**
 * How much an agency may ask for. Referrals are counted apart from everything else, so that asking keeps no child
 * waiting, and what an address sends with credentials that are none is counted by the address.
 */
@Injectable()
export class AgencyLimits {
  readonly submissions: RateLimit;
  readonly readings: RateLimit;
  readonly failures: RateLimit;
  /** So many failures that the next one is not even looked at. */
  readonly floods: RateLimit;
  /** Tokens that a client gets. */
  readonly tokens: RateLimit;
  /** Agencies by the hash of a credential that was good when it was looked up last. It lets no request in by itself. */
  private readonly agencies = new Map<string, string>();

  constructor(
    private readonly store: LimitStore,
    settings: ApiSettings,
  ) {
    const { RATE_SUBMISSIONS, RATE_READINGS, RATE_FAILED_CREDENTIALS, RATE_TOKENS } = {
      ...new ApiSettings(),
      ...settings,
    };
    const limit = (name: string, points: number) => new RateLimit(store, { name, points, seconds: A_MINUTE });
    this.submissions = limit('submissions', RATE_SUBMISSIONS);
    this.readings = limit('readings', RATE_READINGS);
    this.failures = limit('failed-credentials', RATE_FAILED_CREDENTIALS);
    this.floods = limit('failed-credentials-flood', RATE_FAILED_CREDENTIALS * FLOOD);
    this.tokens = limit('tokens', RATE_TOKENS);
  }

  keyOf(address: string | undefined): string {
    return this.store.keyOf(address);
  }

  /** The agency that had this credential a while ago; undefined when it is not known to this process. */
  agencyThatHad(token: string): string | undefined {
    return this.agencies.get(hash(token));
  }

  remember(token: string, agencyId: string): void {
    if (this.agencies.size >= MOST_REMEMBERED) this.agencies.clear();
    this.agencies.set(hash(token), agencyId);
  }

  forget(token: string): void {
    this.agencies.delete(hash(token));
  }
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
