import { sql, type Transaction } from '#store';
import { keySetFaultInWords } from './fetch-keys.ts';
import type { Scope } from './scopes.ts';

/** From then on pages say that it expires. */
const EXPIRING_DAYS = 30;

/** A public key as people see it. */
export interface KeyLine {
  readonly id: string;
  readonly kid: string;
  /** Such as `RSA`, `EC` and `OKP`. */
  readonly kind: string;
  readonly addedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  /** Null for one that no token was given for yet. */
  readonly lastUsedAt: Temporal.Instant | null;
  readonly standing: 'good' | 'expiring' | 'expired';
}

/** The keys at a client's address as people see them. */
export interface KeySetLine {
  readonly address: string;
  readonly kids: readonly string[];
  /** When the keys came last. */
  readonly fetchedAt: Temporal.Instant;
  /** Why none came when it was tried last, in words, and when that was; null where they came. */
  readonly fault: { readonly words: string; readonly at: Temporal.Instant } | null;
}

/** A program of an agency as people see it. */
export interface ClientLine {
  readonly id: string;
  readonly agencyId: string;
  readonly agency: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Since when it may do nothing; null for one that may. */
  readonly suspendedAt: Temporal.Instant | null;
  readonly keys: readonly KeyLine[];
  /** Where it shows keys of its own; null for a client whose keys were given for it. */
  readonly keySet: KeySetLine | null;
  /** When the last token runs out that needs no key, as agencies had them before; null where there is none. */
  readonly oldTokenUntil: Temporal.Instant | null;
}

interface FoundSet {
  readonly clientId: string;
  readonly address: string;
  readonly kids: readonly string[];
  readonly fetchedAt: Temporal.Instant;
  readonly triedAt: Temporal.Instant;
  readonly fault: string | null;
}

/** The clients of one agency, or of all, by agency and name, with their keys. */
export async function clientsOf(tx: Transaction, agencyId: string | null): Promise<readonly ClientLine[]> {
  const clients = await tx.rows<Omit<ClientLine, 'keys' | 'keySet'>>(sql`
    SELECT c.id, c.agency_id AS "agencyId", a.name AS agency, c.name, c.scopes, c.suspended_at AS "suspendedAt",
      (SELECT max(expires_at) FROM access_token t
       WHERE t.client_id = c.id AND t.expires_at > t.issued_at + interval '1 day' AND t.expires_at > ${tx.now}) AS "oldTokenUntil"
    FROM agency_client c JOIN agency a ON a.id = c.agency_id
    WHERE ${agencyId}::uuid IS NULL OR c.agency_id = ${agencyId} ORDER BY a.name, c.name, c.id`);
  const keys = await tx.rows<Omit<KeyLine, 'standing'> & { clientId: string }>(sql`
    SELECT id, client_id AS "clientId", kid, jwk->>'kty' AS kind, added_at AS "addedAt", expires_at AS "expiresAt",
      last_used_at AS "lastUsedAt"
    FROM client_key WHERE removed_at IS NULL AND client_id = ANY(${clients.map(({ id }) => id)}::uuid[])
    ORDER BY added_at, id`);
  const sets = await tx.rows<FoundSet>(sql`
    SELECT client_id AS "clientId", address, fetched_at AS "fetchedAt", tried_at AS "triedAt", fault,
      ARRAY(SELECT one->>'kid' FROM jsonb_array_elements(keys) one) AS kids
    FROM client_key_set WHERE client_id = ANY(${clients.map(({ id }) => id)}::uuid[])`);
  const soon = tx.now.add({ hours: EXPIRING_DAYS * 24 });
  const standing = ({ expiresAt }: { readonly expiresAt: Temporal.Instant }) => {
    if (Temporal.Instant.compare(expiresAt, tx.now) <= 0) return 'expired';
    return Temporal.Instant.compare(expiresAt, soon) <= 0 ? 'expiring' : 'good';
  };
  return clients.map((client) => ({
    ...client,
    keySet: asLine(sets.find(({ clientId }) => clientId === client.id)),
    keys: keys
      .filter(({ clientId }) => clientId === client.id)
      .map(({ clientId: _, ...key }) => ({ ...key, standing: standing(key) })),
  }));
}

function asLine(found: FoundSet | undefined): KeySetLine | null {
  if (found === undefined) return null;
  const { address, kids, fetchedAt, triedAt, fault } = found;
  return { address, kids, fetchedAt, fault: fault === null ? null : { words: keySetFaultInWords(fault), at: triedAt } };
}
