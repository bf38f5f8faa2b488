import { randomUUID } from 'node:crypto';
import { AgencyClients, BadAssertion, KeySets, readPublicKey, SCOPES, VerifyAssertion } from '#access';
import { FetchOutbound } from '#platform';
import { SERVICE } from '#store';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { FreshDatabase } from './fresh-database.ts';
import { median, percentiles, percentilesInWords, print } from './in-words.ts';

const AUDIENCE = 'https://mash.example.org/oauth2/token';
const ALGORITHMS = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
const TIMES = 1_000;

/**
 * How long it takes to refuse an assertion in the name of a client that is there and of one that is not, in turns: a
 * stranger must not learn which it is.
 */
export async function benchTokens(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const on = await fresh('tokens');
  const verify = new VerifyAssertion(on.database, new KeySets(on.database, new FetchOutbound()));
  for (const alg of ALGORITHMS) {
    const { publicKey } = await generateKeyPair(alg);
    const { privateKey } = await generateKeyPair(alg);
    const key = await readPublicKey(JSON.stringify(await exportJWK(publicKey)));
    const client = { agencyId: on.agencyId, name: alg, scopes: SCOPES, key };
    const known = await new AgencyClients(on.database).add(client, SERVICE);
    const times = { known: [] as number[], unknown: [] as number[] };
    for (let turn = 0; turn < TIMES * 2; turn++) {
      const who = turn % 2 === 0 ? 'known' : 'unknown';
      const id = who === 'known' ? known : randomUUID();
      const exp = Math.floor(Date.now() / 1_000) + 60;
      const claims = { iss: id, sub: id, aud: AUDIENCE, exp, jti: randomUUID() };
      const assertion = await new SignJWT(claims).setProtectedHeader({ alg }).sign(privateKey);
      const began = performance.now();
      const refused = await verify.execute(assertion, AUDIENCE).catch((error: unknown) => error);
      times[who].push(performance.now() - began);
      if (!(refused instanceof BadAssertion)) throw new Error('a forged assertion was not refused');
    }
    const ratio = median(times.unknown) / median(times.known);
    print(
      `tokens, ${alg}: a known client ${percentilesInWords(percentiles(times.known))}; an unknown one ${percentilesInWords(percentiles(times.unknown))}; ratio of the medians ${ratio.toFixed(2)}`,
    );
  }
  await on.close();
}
