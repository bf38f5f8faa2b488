import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Agency, Database, once } from '#store';
import type { StaffActor } from '../policy.ts';
import { sandboxLink, type SandboxSigner } from './sandbox-link.ts';

/** An administrator leads the developers of an agency to a sandbox of their own. */
@Injectable()
export class InviteToSandbox {
  constructor(private readonly database: Database) {}

  /**
   * @param command.formId the form that it is sent from, a UUID
   * @returns the link, which is told this once; null where the form was sent before
   * @throws Refused `not-found` for an agency that is not there, or `form-sent-before`
   */
  async execute(command: {
    readonly agencyId: string;
    readonly signer: SandboxSigner;
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<string | null> {
    const { agencyId, signer, formId, by } = command;
    const form = { id: formId, kind: 'invite-to-sandbox', answers: { agencyId } };
    const id = randomUUID();
    return this.database.as(by).transaction(async (tx) => {
      const agency = isUuid(agencyId) ? await tx.one(Agency, { id: agencyId }, ['name', 'kind', 'sourceCode']) : null;
      if (agency === null) throw new Refused('not-found');
      const { answer } = await once(tx, form, async () => {
        await tx.insert(auditEntry(tx, 'sandbox.invited', null, { agencyId }));
        return { id };
      });
      return answer.id === id ? sandboxLink(signer, { id, agency }, tx.now) : null;
    });
  }
}
