import { createPublicKey } from 'node:crypto';
import { registerProgram, TokenRefused, Unreachable, type NewProgram } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';
import { hubAt, keyIn, settings } from './settings.ts';

/**
 * Introduces a program to the hub by an invitation, and writes its client id alone.
 *
 * @param keysAt the https address at which it shows its keys; without one its public key is sent
 */
export async function register(name: string, keysAt: string | undefined): Promise<void> {
  const [hub, invitation] = settings('MASH_HUB', 'MASH_INVITATION') as [string, string];
  const key: NewProgram['key'] = keysAt === undefined ? { pem: publicKey() } : { address: keysAt };
  try {
    const program = await registerProgram({ hub: hubAt(hub), invitation, name, key });
    process.stdout.write(`${program.client_id}\n`);
    const named = program.key_id === undefined ? '' : ` Its key is ${program.key_id}.`;
    process.stderr.write(`The hub has let ${program.client_name} in, with ${program.scope}.${named}\n`);
  } catch (error) {
    if (error instanceof Unreachable) {
      const meanwhile = 'The invitation may be used up: where the same command is refused, ask the hub for another.';
      throw new Ending(EXIT.tryAgain, `${error.message}. ${meanwhile}`);
    }
    if (!(error instanceof TokenRefused)) throw error;
    throw new Ending(error.error === 'invalid_token' ? EXIT.credentials : EXIT.invalid, `Not let in: ${error.message}`);
  }
}

/** Of the key pair in the file. The private key stays here. */
function publicKey(): string {
  const [file] = settings('MASH_KEY_FILE') as [string];
  try {
    return createPublicKey(keyIn(file)).export({ type: 'spki', format: 'pem' }).toString();
  } catch (error) {
    if (error instanceof Ending) throw error;
    throw new Ending(EXIT.credentials, `MASH_KEY_FILE holds no key (PEM): ${file}`);
  }
}
