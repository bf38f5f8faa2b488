import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { ClientInvitations, SCOPES } from '#access';
import { FORM, type AgencyClient } from './agency-client.ts';
import type { Hub } from './hub.ts';

export const TOKEN = '/oauth2/token';
export const REGISTER = '/oauth2/register';

/** Requests that let a program in, each with an invitation of its own, or with another text in its place. */
export async function registrationsOf(hub: Hub) {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = { client_name: 'A program', public_key: String(publicKey.export({ type: 'spki', format: 'pem' })) };
  const by = await hub.another('administrator');
  return async (more: Record<string, string> = {}, invitation?: string) => {
    const made = { agencyId: hub.agency.agencyId, scopes: SCOPES, formId: randomUUID(), by };
    const token = invitation ?? (await hub.whole.get(ClientInvitations).make(made));
    return {
      method: 'POST',
      path: REGISTER,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...body, ...more }).toString(),
    };
  };
}

/** A request for a token as it should be, changed in one way. */
export async function tokenRequest(client: AgencyClient, change: Record<string, string> = {}) {
  const body = new URLSearchParams({ ...FORM, client_assertion: await client.assertion(), ...change }).toString();
  return { method: 'POST', path: TOKEN, headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body };
}
