import { Injectable } from '@nestjs/common';
import { AgencyCredentials, Identify, type AgencyActor } from '#access';
import type { Request } from 'express';
import { unauthorized } from './problems/api-problem.ts';

/** Knows an agency by its bearer token. */
@Injectable()
export class IdentifyAgency extends Identify {
  constructor(private readonly credentials: AgencyCredentials) {
    super();
  }

  /** @throws ApiProblem 401 */
  async identify(request: Request): Promise<AgencyActor> {
    const token = /^Bearer ([\x21-\x7e]{1,200})$/i.exec(request.get('Authorization') ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    const agency = await this.credentials.agencyOf(token);
    if (agency === null) throw unauthorized('invalid_token');
    return agency;
  }
}
