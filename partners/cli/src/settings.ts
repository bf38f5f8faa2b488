import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { PartnerClient, type Credentials } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';

const NAMES = ['MASH_HUB', 'MASH_CLIENT_ID', 'MASH_KEY_FILE'] as const;

/** @throws Ending that names each setting that is missing, or says why the key cannot be read */
export function readCredentials(): Credentials {
  const missing = NAMES.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Ending(EXIT.credentials, `Set ${missing.join(', ')}: see mash-partner --help`);
  const [hub, clientId, keyFile] = NAMES.map((name) => process.env[name]!) as [string, string, string];
  if (!URL.canParse(hub)) throw new Ending(EXIT.credentials, 'MASH_HUB must be an address such as https://…');
  let privateKey: string;
  try {
    privateKey = readFileSync(keyFile, 'utf8');
  } catch {
    throw new Ending(EXIT.credentials, `MASH_KEY_FILE cannot be read: ${keyFile}`);
  }
  const kid = process.env['MASH_KEY_ID'];
  return { hub, clientId, privateKey, ...(kid && { kid }) };
}

export function clientWith(credentials: Credentials): PartnerClient {
  try {
    return new PartnerClient(credentials);
  } catch (error) {
    throw new Ending(EXIT.credentials, (error as Error).message);
  }
}

/** The name that the hub's list of clients shows for a key (RFC 7638). */
export async function thumbprintOf(privateKey: string): Promise<string> {
  return calculateJwkThumbprint(await exportJWK(createPublicKey(privateKey)));
}
