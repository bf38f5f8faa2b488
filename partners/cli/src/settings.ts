import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { PartnerClient, type Credentials } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';

/** The values of settings, in their order. @throws Ending that names each one that is missing */
export function settings(...names: readonly string[]): readonly string[] {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Ending(EXIT.credentials, `Set ${missing.join(', ')}: see mash-partner --help`);
  return names.map((name) => process.env[name]!);
}

export function hubAt(address: string): string {
  if (!URL.canParse(address)) throw new Ending(EXIT.credentials, 'MASH_HUB must be an address such as https://…');
  return address;
}

/** The text of a file with a key. */
export function keyIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Ending(EXIT.credentials, `MASH_KEY_FILE cannot be read: ${file}`);
  }
}

/** @throws Ending that names each setting that is missing, or says why the key cannot be read */
export function readCredentials(): Credentials {
  const [hub, clientId, keyFile] = settings('MASH_HUB', 'MASH_CLIENT_ID', 'MASH_KEY_FILE') as [string, string, string];
  const kid = process.env['MASH_KEY_ID'];
  return { hub: hubAt(hub), clientId, privateKey: keyIn(keyFile), ...(kid && { kid }) };
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
