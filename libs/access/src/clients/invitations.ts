import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { isUuid, Refused } from '#platform';
import { Agency, ClientInvitation, Database, once, rowsOf, SERVICE, sql, type Transaction } from '#store';
import type { StaffActor } from '../policy.ts';
import { addClient, type NewClient } from './clients.ts';
import type { Scope } from './scopes.ts';
import { hashOfToken, newToken } from './token.ts';

/** A link that is not used is good for so long. */
export const INVITATION_DAYS = 7;

/** An invitation as administrators see it: never with its token. */
export interface InvitationLine {
  readonly id: string;
  readonly scopes: readonly Scope[];
  readonly madeBy: string;
  readonly expiresAt: Temporal.Instant;
}

/** A program as its developers describe it, where the invitation says the agency and the scopes. */
export type InvitedClient = Pick<NewClient, 'name' | 'key' | 'keySet'>;

/** What a program is that was let in. */
export interface LetIn {
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly at: Temporal.Instant;
}

/** Invitations by which developers of an agency let one program in themselves. */
@Injectable()
export class ClientInvitations {
  constructor(private readonly database: Database) {}

  /** Those of an agency that can still be used, the latest first. */
  async open(agencyId: string, by: StaffActor): Promise<readonly InvitationLine[]> {
    return this.database.as(by).transaction((tx) =>
      tx.rows<InvitationLine>(sql`
        SELECT i.id, i.scopes, s.name AS "madeBy", i.expires_at AS "expiresAt"
        FROM client_invitation i JOIN staff_member s ON s.id = i.made_by
        WHERE i.agency_id = ${agencyId} AND ${isOpen(tx)} ORDER BY i.made_at DESC, i.id`),
    );
  }

  /**
   * Invites the developers of an agency.
   *
   * @param command.formId the form that it is sent from, a UUID
   * @returns the token, which is told this once; null where the form was sent before
   * @throws Refused `not-found` for an agency that is not there, or `form-sent-before`
   */
  async make(command: {
    readonly agencyId: string;
    readonly scopes: readonly Scope[];
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<string | null> {
    const { agencyId, scopes, formId, by } = command;
    const form = { id: formId, kind: 'invite-client', answers: { agencyId, scopes } };
    const [id, token] = [randomUUIDv7(), newToken()];
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const agency = isUuid(agencyId) ? await tx.one(Agency, { id: agencyId }, ['id']) : null;
        if (agency === null) throw new Refused('not-found');
        const expiresAt = tx.now.add({ hours: INVITATION_DAYS * 24 });
        const tokenHash = hashOfToken(token);
        const unused = { withdrawnAt: null, clientId: null, usedAt: null };
        await tx.insert(
          rowsOf(ClientInvitation, {
            ...{ id, agencyId, scopes, tokenHash, madeBy: by.id, madeAt: tx.now, expiresAt, ...unused },
          }),
          auditEntry(tx, 'client.invited', null, { agencyId, invitationId: id, scopes: [...scopes] }),
        );
        return { id };
      }),
    );
    return answer.id === id ? token : null;
  }

  /** The link is good no more. @throws Refused `not-found` where it can not be used any more, or `form-sent-before` */
  async withdraw(command: {
    readonly agencyId: string;
    readonly invitationId: string;
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<void> {
    const { agencyId, invitationId, formId, by } = command;
    const form = { id: formId, kind: 'withdraw-invitation', answers: { agencyId, invitationId } };
    await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const changed = isUuid(invitationId)
          ? await tx.run(sql`
              UPDATE client_invitation i SET withdrawn_at = ${tx.now}
              WHERE i.id = ${invitationId} AND i.agency_id = ${agencyId} AND ${isOpen(tx)}`)
          : 0;
        if (changed === 0) throw new Refused('not-found');
        await tx.insert(auditEntry(tx, 'client.invitation-withdrawn', null, { agencyId, invitationId }));
        return {};
      }),
    );
  }

  /** Whether a token is one of an invitation that can be used now. */
  async isGood(token: string): Promise<boolean> {
    return this.database.as(SERVICE).transaction(async (tx) => (await find(tx, token)) !== null);
  }

  /**
   * Lets a program in. Of two who use one link at the same moment, one does.
   *
   * @returns null for a token of no invitation, or of one that is used, withdrawn or over
   */
  async use(token: string, client: InvitedClient): Promise<LetIn | null> {
    return this.database.as(SERVICE).transaction(async (tx) => {
      const found = await find(tx, token);
      if (found === null) return null;
      const { id: invitationId, agencyId, scopes } = found;
      const { id: clientId } = await addClient(tx, { ...client, agencyId, scopes });
      await tx.change(ClientInvitation, invitationId, { clientId, usedAt: tx.now });
      await tx.insert(auditEntry(tx, 'client.invitation-used', null, { agencyId, invitationId, clientId }));
      return { clientId, scopes, at: tx.now };
    });
  }
}

/** The invitation `i` of a statement can be used, in SQL. */
const isOpen = ({ now }: Transaction) => sql`i.used_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > ${now}`;

function find(tx: Transaction, token: string) {
  return tx.row<{ id: string; agencyId: string; scopes: readonly Scope[] }>(sql`
    SELECT i.id, i.agency_id AS "agencyId", i.scopes FROM client_invitation i
    WHERE i.token_hash = ${hashOfToken(token)} AND ${isOpen(tx)} FOR UPDATE`);
}
