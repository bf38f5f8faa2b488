import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import express, { type Request, type Response } from 'express';
import type { Configuration, Provider } from 'oidc-provider';
import { STAFF_ROLES } from '../../libs/access/src/policy.ts';
import { roleInWords } from '../../libs/access/src/role-words.ts';

export interface DemonstrationPerson {
  readonly subject: string;
  readonly name: string;
  readonly role: string;
  /** Of a person whom the hub does not know by itself. */
  readonly email?: string;
  /** The values of the claim `roles`, as the council's own provider would give them. */
  readonly providerRoles?: readonly string[];
}

export interface LocalSignIn {
  /** The settings that make a console use it. */
  readonly settings: {
    readonly OIDC_ISSUER: string;
    readonly OIDC_CLIENT_ID: string;
    readonly OIDC_CLIENT_SECRET: string;
  };
  close(): Promise<void>;
}

/** Says another ID token in place of the one that the provider made, and signed with this key. */
export type ChangeIdToken = (idToken: string, signedWith: KeyObject) => Promise<string>;

/**
 * A real OpenID Connect provider on this machine whose sign-in page is a list of fictional people. For demonstrations
 * and tests: a person who reaches it can be any of them.
 *
 * @param changeIdToken for tests of a provider, or of a stranger in its place, that does not say what it must
 * @throws Error in production
 */
export async function startLocalSignIn(
  port: number,
  consoleUrl: string,
  people: () => Promise<readonly DemonstrationPerson[]>,
  changeIdToken?: ChangeIdToken,
): Promise<LocalSignIn> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error('The local sign-in lets a person sign in as any other: in production set OIDC_ISSUER to your own.');
  }
  const issuer = `http://127.0.0.1:${port}`;
  const clientSecret = randomBytes(24).toString('base64url');
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const provider = await quietProvider(issuer, configuration(consoleUrl, clientSecret, key, people));
  if (changeIdToken !== undefined) changeIdTokens(provider, (idToken) => changeIdToken(idToken, key));
  const server = createServer(signInPages(provider, people));
  await listening(server, port);
  return {
    settings: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'mash-console', OIDC_CLIENT_SECRET: clientSecret },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The library warns that it keeps everything in memory and that Node is new: both are as a demonstration wants it. */
async function quietProvider(issuer: string, settings: Configuration): Promise<Provider> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    const { Provider } = await import('oidc-provider');
    return new Provider(issuer, settings);
  } finally {
    console.warn = warn;
  }
}

function changeIdTokens(provider: Provider, change: (idToken: string) => Promise<string>): void {
  provider.use(async (context, next) => {
    await next();
    const body = context.body as { id_token?: string } | undefined;
    if (typeof body?.id_token === 'string') body.id_token = await change(body.id_token);
  });
}

function configuration(
  consoleUrl: string,
  clientSecret: string,
  key: KeyObject,
  people: () => Promise<readonly DemonstrationPerson[]>,
): Configuration {
  return {
    clients: [
      {
        client_id: 'mash-console',
        client_secret: clientSecret,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [`${consoleUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${consoleUrl}/signed-out`],
      },
    ],
    jwks: { keys: [{ ...key.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'demonstration' }] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    ttl: { Session: 8 * 3600, Interaction: 3600, Grant: 3600, AccessToken: 600, IdToken: 600, RefreshToken: 10 * 3600 },
    claims: { openid: ['sub', 'name', 'email', 'roles'] },
    // Without a question to the person: the console is the authority's own.
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutAtOnce },
    },
    interactions: { url: (_, { uid }) => `/people/${uid}` },
    // A person whom the provider knows no more gets nothing more.
    findAccount: async (_, subject) => {
      const person = (await people()).find((one) => one.subject === subject);
      if (person === undefined) return undefined;
      const { name, email, providerRoles: roles } = person;
      return { accountId: subject, claims: () => ({ sub: subject, name, email, roles }) };
    },
    // The console is the authority's own: no person is asked to consent to it.
    loadExistingGrant: async (context) => {
      const grant = new context.oidc.provider.Grant({
        clientId: context.oidc.client!.clientId,
        accountId: context.oidc.session!.accountId!,
      });
      grant.addOIDCScope('openid offline_access');
      await grant.save();
      return grant;
    },
  };
}

function signInPages(provider: Provider, people: () => Promise<readonly DemonstrationPerson[]>) {
  const app = express();
  app.disable('x-powered-by');
  app.get('/people/:uid', async (request: Request<{ uid: string }>, response: Response) => {
    const choices = (await people()).map(
      ({ subject, name, role }) =>
        `<p><button name="subject" value="${escape(subject)}">${escape(name)}, ${escape(inWords(role))}</button></p>`,
    );
    response.send(
      page('Sign in', `<form method="post" action="/people/${escape(request.params.uid)}">${choices.join('')}</form>`),
    );
  });
  app.post(
    '/people/:uid',
    express.urlencoded({ extended: false }),
    async (request: Request<{ uid: string }, unknown, { subject?: string }>, response: Response) => {
      const chosen = (await people()).find(({ subject }) => subject === request.body.subject);
      if (chosen === undefined) return void response.status(400).send(page('No person of that name', ''));
      const result = { login: { accountId: chosen.subject } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    },
  );
  const callback = provider.callback();
  app.use((request, response) => void callback(request, response));
  return app;
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}: demonstration</title>
    <body style="font: 19px arial; margin: 40px"><h1>${title}</h1>
    <p>This is a demonstration: all people here are fictional. Choose who you are.</p>${body}</body></html>`;
}

async function signOutAtOnce(context: { body: unknown }, form: string): Promise<void> {
  context.body = page(
    'Sign out',
    `${form}<p><button form="op.logoutForm" name="logout" value="yes">Sign out of the demonstration</button></p>`,
  );
}

/** A role of the hub in words; what a person is who has none stays as it is. */
function inWords(role: string): string {
  const known = STAFF_ROLES.find((one) => one === role);
  return known === undefined ? role : roleInWords(known);
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

async function listening(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
