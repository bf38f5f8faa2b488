import { Inject, Injectable } from '@nestjs/common';
import {
  AgencyCredentials,
  AgencyLimits,
  Identify,
  limitHeaders,
  type AgencyActor,
  type Client,
  type RateLimit,
} from '#access';
import { RefusalRecord } from '#audit';
import { LOG, type Logger } from '#platform';
import { SERVICE, type Actor } from '#store';
import type { Request } from 'express';
import { credentialOf } from './credential-of.ts';
import { isSubmission } from './is-submission.ts';
import { problem } from './problems/api-problem.ts';
import { tooManyRequests } from './problems/too-many-requests.ts';

const TOKEN = /^[\x21-\x7e]{1,200}$/;

/** Knows an agency by its bearer token, and keeps it and every other caller within their limits. */
@Injectable()
export class IdentifyAgency extends Identify {
  constructor(
    private readonly credentials: AgencyCredentials,
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
    const [client] = await Promise.all([
      token === undefined ? null : this.credentials.clientOf(token),
      known === undefined ? null : this.admit(known, request),
    ]);
    if (token === undefined || client === null || client.isRevoked) throw await this.rejected(sent, client, request);
    if (known === undefined) {
      this.limits.remember(token, client.agencyId);
      await this.admit(client.agencyId, request);
    }
    return { kind: 'agency', id: client.agencyId };
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
  private async rejected(sent: string | undefined, client: Client | null, { ip }: Request) {
    if (sent !== undefined) this.limits.forget(sent);
    const why = sent === undefined ? 'missing' : client === null ? 'unknown' : 'revoked';
    const actor: Actor = client === null ? SERVICE : { kind: 'agency', id: client.agencyId };
    const details = { why, ...(client !== null && { clientId: client.id }) };
    await this.record.note({ act: 'credential.rejected', actor, details });
    await this.limits.failures.count(this.limits.keyOf(ip));
    return problem(sent === undefined ? 'credential-missing' : 'credential-unknown');
  }
}
