import type { components } from './contract.ts';
import { addressOf, fetchFrom } from './fetch-from.ts';
import { tryAgain } from './try-again.ts';

type Schemas = components['schemas'];
export type RegisteredProgram = Schemas['RegistrationAnswer'];

/** A program of an agency, as it introduces itself to a hub. */
export interface NewProgram {
  /** The address of the hub's API, such as `https://mash.example.org`. */
  readonly hub: string;
  /** What the hub's administrator gave you: it is good once, for seven days. */
  readonly invitation: string;
  /** What the program is called, for the people of the hub. */
  readonly name: string;
  /** Its public key (PEM), or the https address at which it shows its keys (JWKS). Never the private key. */
  readonly key: { readonly pem: string } | { readonly address: string };
}

/**
 * Introduces a program to a hub. Where no answer comes the invitation may be used up: ask the hub's administrator.
 *
 * @returns its client id, and what it may do
 * @throws TokenRefused where the invitation is not good, or something of the program is wrong
 */
export async function registerProgram({ hub, invitation, name, key }: NewProgram): Promise<RegisteredProgram> {
  const keys: Record<string, string> = 'pem' in key ? { public_key: key.pem } : { jwks_uri: key.address };
  const init = {
    method: 'POST',
    headers: { Authorization: `Bearer ${invitation}` },
    body: new URLSearchParams({ client_name: name, ...keys }),
  };
  return tryAgain(() => fetchFrom(addressOf(hub), '/oauth2/register', init), false);
}
