import { Inject, Injectable } from '@nestjs/common';
import {
  AccessTokens,
  AgencyLimits,
  Identify,
  limitHeaders,
  type AgencyActor,
  type RateLimit,
  type TokenHolder,
} from '#access';
import { RefusalRecord } from '#audit';
import { LOG, type Logger } from '#platform';
import { SERVICE, type Actor } from '#store';
import type { Request } from 'express';
import { credentialOf } from './credential-of.ts';
import { endOfOldToken } from './end-of-old-token.ts';
import { isSubmission } from './is-submission.ts';
import { problem } from './problems/api-problem.ts';
import { tooManyRequests } from './problems/too-many-requests.ts';

const TOKEN = /^[\x21-\x7e]{1,200}$/;

/** Knows an agency by the access token of its client, and keeps it and every other caller within their limits. */
@Injectable()
export class IdentifyAgency extends Identify {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly record: RefusalRecord,
    private readonly limits: AgencyLimits,
    @Inject(LOG) private readonly log: Logger,
  ) {
    super();
  }

  /** @throws ApiProblem 401 or 429 */
  async identify(request: Request): Promise<AgencyActor> {
    const sent = credentialOf(request);
    const token = sent !== undefined && TOKEN.test(sent) ? sent : undefined;
    const known = token === undefined ? undefined : this.limits.agencyThatHad(token);
    // A flood costs no look at a credential: its agency is known, or its address is.
    const limit = this.limitOf(request);
    if (known === undefined) this.mustNotBeGuessing(request);
    else if (limit.known(known) !== null) await this.admit(known, request);
    const [holder] = await Promise.all([
      token === undefined ? null : this.tokens.holderOf(token),
      known === undefined ? null : this.admit(known, request),
    ]);
    if (token === undefined || holder === null || holder.refusedAs !== null)
      throw await this.rejected(sent, holder, request);
    if (known === undefined) {
      this.limits.remember(token, holder.agencyId);
      await this.admit(holder.agencyId, request);
    }
    if (holder.oldUntil !== null) request.res?.set(endOfOldToken(holder.oldUntil));
    return { kind: 'agency', id: holder.agencyId, clientId: holder.clientId, scopes: holder.scopes };
  }

  /** @throws ApiProblem 429 when the agency has had its share */
  private async admit(agencyId: string, request: Request): Promise<void> {
    const limit = this.limitOf(request);
    const standing = limit.known(agencyId) ?? (await limit.count(agencyId));
    if (!standing.isOver) return void request.res?.set(limitHeaders(limit.policy, standing));
    if (limit === this.limits.submissions) this.log.warn({ agencyId }, 'referrals of an agency are over its limit');
    throw tooManyRequests(limit, standing);
  }

  private limitOf(request: Request): RateLimit {
    return isSubmission(request) ? this.limits.submissions : this.limits.readings;
  }

  /** @throws ApiProblem 429 when the address has sent too many credentials that are none */
  private mustNotBeGuessing(request: Request): void {
    const { failures } = this.limits;
    const standing = failures.known(this.limits.keyOf(request.ip));
    if (standing !== null) throw tooManyRequests(failures, standing);
  }

  /** @param sent what came as a credential, good or not; undefined when the request had none */
  private async rejected(sent: string | undefined, holder: TokenHolder | null, { ip }: Request) {
    if (sent !== undefined) this.limits.forget(sent);
    const why = sent === undefined ? 'missing' : (holder?.refusedAs ?? 'unknown');
    const actor: Actor = holder === null ? SERVICE : { kind: 'agency', id: holder.agencyId };
    const details = { why, ...(holder !== null && { clientId: holder.clientId }) };
    await this.record.note({ act: 'credential.rejected', actor, details });
    // A token that has run out, or whose client is suspended, is no guess.
    if (why === 'missing' || why === 'unknown') await this.limits.failures.count(this.limits.keyOf(ip));
    return problem(sent === undefined ? 'credential-missing' : 'credential-unknown');
  }
}
