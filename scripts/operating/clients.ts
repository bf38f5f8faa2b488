import { readFileSync } from 'node:fs';
import {
  Agencies, AgencyClients, BadKey, KeySets, readPublicKey, SCOPES, type ClientLine, type Scope,
} from '#access'; // prettier-ignore
import type { FetchOutbound } from '#platform';
import type { Database } from '#store';
import { BY_AN_OPERATOR, oneOf, Unusable } from './operator.ts';

/** Where the keys of a new client are: in a file, or at an address of its own. */
export type Keys = { readonly keyFile: string } | { readonly address: string; readonly outbound: FetchOutbound };

/** Adds a program of an agency with its keys. @returns what its developers need to know */
export async function addClient(
  database: Database,
  { agency, name, scopes, ...keys }: { agency: string; name: string; scopes: readonly string[] } & Keys,
): Promise<string> {
  const found = (await new Agencies(database).all()).find((one) => one.name === agency);
  if (found === undefined) throw new Unusable(`There is no agency of the name ${agency}.`);
  const wanted: readonly Scope[] = scopes.length === 0 ? SCOPES : scopes.map((one) => oneOf(SCOPES, one, '--scope'));
  const given =
    'keyFile' in keys
      ? { key: await keyIn(keys.keyFile) }
      : { keySet: await new KeySets(database, keys.outbound).look(keys.address) };
  const kids = 'key' in given ? [given.key.kid] : given.keySet.keys.map(({ kid }) => kid);
  const clients = new AgencyClients(database);
  const id = await clients.add({ agencyId: found.id, name, scopes: wanted, ...given }, BY_AN_OPERATOR);
  return [
    `${name} of ${agency} is a client. Tell its developers:`,
    `  iss and sub  ${id}`,
    `  kid          ${kids.join(' or ')}`,
    '  aud          API_URL/oauth2/token, to the character',
    `  scope        ${wanted.join(' ')}`,
  ].join('\n');
}

export async function addClientKey(database: Database, clientId: string, keyFile: string): Promise<string> {
  const key = await keyIn(keyFile);
  await new AgencyClients(database).addKey(clientId, key, BY_AN_OPERATOR);
  return `The client has the key ${key.kid}. Its developers sign with it now; then remove the old one.`;
}

/** Says where a client shows its keys from now on. */
export async function setKeyAddress(
  database: Database,
  outbound: FetchOutbound,
  { clientId, address }: { readonly clientId: string; readonly address: string },
): Promise<string> {
  const { keys } = await new KeySets(database, outbound).setAddress(clientId, address, BY_AN_OPERATOR);
  return `The client may sign with what is there: ${keys.map(({ kid }) => kid).join(', ')}.`;
}

export async function removeKeyAddress(database: Database, outbound: FetchOutbound, clientId: string): Promise<string> {
  await new KeySets(database, outbound).removeAddress(clientId, BY_AN_OPERATOR);
  return 'The keys at its address are good no more. Tokens that they gave run out within ten minutes.';
}

export async function removeClientKey(database: Database, clientId: string, kid: string): Promise<string> {
  const clients = new AgencyClients(database);
  const client = (await clients.list(null, BY_AN_OPERATOR)).find(({ id }) => id === clientId);
  const key = client?.keys.find((one) => one.kid === kid);
  if (key === undefined) throw new Unusable(`The client ${clientId} has no key ${kid}.`);
  await clients.removeKey(clientId, key.id, BY_AN_OPERATOR);
  return `The key ${kid} signs no more. Tokens that it gave run out within ten minutes.`;
}

export async function suspendClient(database: Database, clientId: string, isSuspended: boolean): Promise<string> {
  await new AgencyClients(database).suspend(clientId, isSuspended, BY_AN_OPERATOR);
  return isSuspended
    ? 'The client is suspended from its next request on.'
    : 'The client may ask for a token again, with its key.';
}

export async function listClients(database: Database): Promise<string> {
  const clients = await new AgencyClients(database).list(null, BY_AN_OPERATOR);
  return clients.length === 0 ? 'No agency has a client yet.' : clients.map(inWords).join('\n');
}

function inWords({ id, agency, name, scopes, suspendedAt, keys, keySet, oldTokenUntil }: ClientLine): string {
  const day = (instant: Temporal.Instant) => instant.toString().slice(0, 10);
  return [
    `${agency}: ${name}, ${id}${suspendedAt === null ? '' : `, suspended since ${day(suspendedAt)}`}`,
    `  ${scopes.join(' ')}`,
    ...keys.map(
      ({ kid, kind, expiresAt, lastUsedAt, standing }) =>
        `  ${kind} key ${kid}: ${standing}, until ${day(expiresAt)}, ${lastUsedAt === null ? 'never used' : `last used ${day(lastUsedAt)}`}`,
    ),
    ...(keySet === null
      ? []
      : [`  keys at ${keySet.address}: ${keySet.kids.join(', ')}, fetched ${keySet.fetchedAt.toString()}`]),
    ...(keySet?.fault ? [`  no keys came ${keySet.fault.at.toString()}: ${keySet.fault.words}`] : []),
    ...(oldTokenUntil === null ? [] : [`  a token without a key until ${day(oldTokenUntil)}`]),
  ].join('\n');
}

async function keyIn(file: string) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Unusable(`${file} cannot be read.`);
  }
  try {
    return await readPublicKey(text);
  } catch (error) {
    if (error instanceof BadKey) throw new Unusable(`${file}: ${error.words}.`);
    throw error;
  }
}
