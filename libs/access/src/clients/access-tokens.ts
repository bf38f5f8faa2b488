import { Injectable } from '@nestjs/common';
import { allDone, Database, Gathered, SERVICE, sql } from '#store';
import type { Scope } from './scopes.ts';
import { hashOfToken } from './token.ts';

/** So long the tokens from before clients signed hold, from the day on which signing came (decision record 70). */
export const OLD_TOKEN_DAYS = 180;
/** Tokens that are looked up in one question. */
const MOST = 64;

/** The client whose token it is, and what that is good for now. */
export interface TokenHolder {
  readonly clientId: string;
  readonly agencyId: string;
  readonly scopes: readonly Scope[];
  /** Why the token is good for nothing; null for one that is good. Looked up at each request: a suspension holds at once. */
  readonly refusedAs: 'suspended' | 'expired' | null;
  /** When a token from before clients signed runs out; null for one that was given for an assertion. */
  readonly oldUntil: Temporal.Instant | null;
}

/** The tokens that clients show. */
@Injectable()
export class AccessTokens {
  private readonly holders: Gathered<Buffer, TokenHolder | null>;

  constructor(private readonly database: Database) {
    this.holders = new Gathered(async (hashes) => allDone(await this.holdersOf(hashes)), MOST, 1);
  }

  /** The holder of this token, good or not; null for a token that is unknown. */
  async holderOf(token: string): Promise<TokenHolder | null> {
    return this.holders.ask(hashOfToken(token));
  }

  /** In one question for the requests that come at the same time. */
  private async holdersOf(hashes: readonly Buffer[]): Promise<readonly (TokenHolder | null)[]> {
    const found = await this.database.as(SERVICE).prepared<TokenHolder & { tokenHash: Buffer }>(sql`
      SELECT t.token_hash AS "tokenHash", c.id AS "clientId", c.agency_id AS "agencyId", t.scopes,
        CASE WHEN c.suspended_at IS NOT NULL OR a.suspended_at IS NOT NULL THEN 'suspended'
          WHEN t.expires_at <= (SELECT mash.time_outside()) THEN 'expired' END AS "refusedAs",
        -- A demonstration's token runs for a hundred years, and is none of these.
        CASE WHEN t.expires_at > t.issued_at + interval '1 day'
          AND t.expires_at <= (SELECT mash.time_outside()) + make_interval(days => ${OLD_TOKEN_DAYS}) THEN t.expires_at END AS "oldUntil"
      FROM access_token t JOIN agency_client c ON c.id = t.client_id JOIN agency a ON a.id = c.agency_id
      WHERE t.token_hash = ANY(${hashes}::bytea[])`);
    return hashes.map((one) => found.find(({ tokenHash }) => tokenHash.equals(one)) ?? null);
  }
}
