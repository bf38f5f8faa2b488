import { Inject, Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { LOG, type Logger } from '#platform';
import { Database } from '#store';
import { AdmitPerson } from '#work';
import type { Request } from 'express';
import { IdentityProvider, NoLongerVouched } from './identity-provider.ts';
import { newSession } from './new-session.ts';
import { ProviderGrants } from './provider-grants.ts';

/** Whether the identity provider still vouches for the person of a session: asked every quarter of an hour. */
@Injectable()
export class StillVouched {
  constructor(
    private readonly provider: IdentityProvider,
    private readonly grants: ProviderGrants,
    private readonly admitPerson: AdmitPerson,
    private readonly database: Database,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Ends the session of a person who is not let in any more. A provider that is away ends none. @returns whether it goes on */
  async holds(request: Request, staffId: string): Promise<boolean> {
    const { session, sessionID: sid } = request;
    if (session.isVouchedFor !== true) return true;
    const refreshToken = await this.grants.takeDue(sid);
    if (refreshToken === null || (await this.isStill(sid, refreshToken))) return true;
    await this.grants.forget(sid);
    await this.database
      .as({ kind: 'staff', id: staffId })
      .transaction((tx) => tx.insert(auditEntry(tx, 'staff.signed-out', null, { how: 'provider' })));
    await newSession(request);
    return false;
  }

  private async isStill(sid: string, refreshToken: string): Promise<boolean> {
    try {
      const { person, refreshToken: next } = await this.provider.again(refreshToken);
      if (next !== refreshToken) await this.grants.renew(sid, next);
      return person === null || typeof (await this.admitPerson.execute(person)) !== 'string';
    } catch (error) {
      if (error instanceof NoLongerVouched) return false;
      this.log.warn({ error }, 'the identity provider was not asked again; the next time is in a quarter of an hour');
      return true;
    }
  }
}
