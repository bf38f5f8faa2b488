import { randomUUID } from 'node:crypto';
import { AgencyClients, readPublicKey, SCOPES, type Scope } from '#access';
import { SERVICE, type Database } from '#store';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { API_URL } from './running-api.ts';

export const TOKEN_URL = `${API_URL}/oauth2/token`;
export const FORM = {
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
};

/** A program of an agency, with its private key. */
export class AgencyClient {
  private constructor(
    private readonly database: Database,
    readonly id: string,
    readonly kid: string,
    private readonly key: CryptoKey,
    readonly alg: string,
  ) {}

  static async of(
    database: Database,
    agencyId: string,
    { scopes = SCOPES, alg = 'ES256' }: { scopes?: readonly Scope[]; alg?: string } = {},
  ): Promise<AgencyClient> {
    const clients = new AgencyClients(database);
    const id = await clients.add({ agencyId, name: 'Records system', scopes }, SERVICE);
    const { publicKey, privateKey } = await generateKeyPair(alg);
    const key = await readPublicKey(JSON.stringify(await exportJWK(publicKey)));
    await clients.addKey(id, key, SERVICE);
    return new AgencyClient(database, id, key.kid, privateKey, alg);
  }

  /** One that is there already, and signs with this key. */
  static with(
    database: Database,
    id: string,
    { kid, key, alg }: { readonly kid: string; readonly key: CryptoKey; readonly alg: string },
  ): AgencyClient {
    return new AgencyClient(database, id, kid, key, alg);
  }

  /** An assertion as it should be, with some claims otherwise: undefined leaves one out. */
  async assertion(claims: JWTPayload = {}, header: object = {}, key = this.key): Promise<string> {
    const seconds = Math.floor((await this.database.now()).epochMilliseconds / 1000);
    const usual = { iss: this.id, sub: this.id, aud: TOKEN_URL, exp: seconds + 60, jti: randomUUID() };
    const all = Object.fromEntries(Object.entries({ ...usual, ...claims }).filter(([, value]) => value !== undefined));
    return new SignJWT(all).setProtectedHeader({ alg: this.alg, kid: this.kid, ...header }).sign(key);
  }
}
