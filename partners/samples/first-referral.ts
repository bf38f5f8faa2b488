// Sends the referral of a file, and writes its reference: node first-referral.ts referral.json
// HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { SignJWT } from 'jose';

// The hub does not have the referral: it is to be put right, or the credentials are, or the same can be run again.
const [INVALID, CREDENTIALS, AGAIN] = [2, 3, 4];

interface Refusal {
  title?: string;
  detail?: string;
  help?: string;
  errors?: { pointer: string; detail: string }[];
  error_description?: string;
}

const missing = ['HUB', 'CLIENT_ID', 'KEY_FILE'].filter((name) => !process.env[name]);
if (missing.length > 0) end(CREDENTIALS, `Set ${missing.join(', ')}.`);
const { HUB: hub, CLIENT_ID: clientId, KEY_FILE: keyFile } = process.env as Record<string, string>;
const file = process.argv[2] ?? end(INVALID, 'Name the file of one referral: node first-referral.ts referral.json');
const key = orEnd(CREDENTIALS, 'KEY_FILE cannot be read as a private key', () =>
  createPrivateKey(readFileSync(keyFile!)),
);
const referral = orEnd(INVALID, `${file} cannot be read`, () => readFileSync(file));

// An assertion is good once, for two minutes, and for this hub only.
const assertion = await new SignJWT({ jti: randomUUID() })
  .setProtectedHeader({ alg: 'PS256' })
  .setIssuer(clientId!)
  .setSubject(clientId!)
  .setAudience(`${hub}/oauth2/token`)
  .setExpirationTime('2m')
  .sign(key);
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});
const granted = await post<{ access_token: string }>('/oauth2/token', { body: form });
if (granted.status !== 200) refused('No token', granted.status, granted.answer);

// One key for one referral, kept before it is sent.
if (!existsSync(`${file}.key`)) writeFileSync(`${file}.key`, randomUUID());

for (let attempt = 1; ; attempt += 1) {
  const sent = await post<{ reference: string }>('/api/v1/referrals', {
    headers: {
      Authorization: `Bearer ${granted.answer.access_token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': readFileSync(`${file}.key`, 'utf8').trim(),
    },
    body: referral,
  });
  if (sent.status === 201) {
    console.log(sent.answer.reference);
    break;
  }
  if (![429, 503].includes(sent.status) || attempt === 4) refused('Not sent', sent.status, sent.answer);
  await setTimeout(Number(sent.headers.get('Retry-After') ?? 5) * 1_000);
}

async function post<T>(path: string, init: RequestInit) {
  let status: number | undefined;
  try {
    const response = await fetch(hub + path, { method: 'POST', ...init, signal: AbortSignal.timeout(30_000) });
    status = response.status;
    return { status, headers: response.headers, answer: (await response.json()) as T & Refusal };
  } catch (error) {
    if (!(error instanceof SyntaxError)) return end(AGAIN, `${hub} gives no answer. Run the same command again.`);
    return end(AGAIN, `The answer ${status} does not come from the hub. Look at HUB, then run the same command again.`);
  }
}

/** Says why, and never what was sent: no answer of the hub holds it. */
function refused(what: string, status: number, answer: Refusal): never {
  const words = [`${what}: ${answer.error_description ?? `${answer.title}. ${answer.detail ?? ''}`}`];
  for (const { pointer, detail } of answer.errors ?? []) words.push(`${pointer}: ${detail}`);
  if (answer.help !== undefined) words.push(`What to do: ${answer.help}`);
  if ([408, 429].includes(status) || status >= 500)
    return end(AGAIN, [...words, 'Run the same command again.'].join('\n'));
  const isOfCredentials = [401, 403].includes(status) || answer.error_description !== undefined;
  return end(isOfCredentials ? CREDENTIALS : INVALID, words.join('\n'));
}

function orEnd<T>(code: number | undefined, words: string, read: () => T): T {
  try {
    return read();
  } catch {
    return end(code, `${words}.`);
  }
}

function end(code: number | undefined, words: string): never {
  console.error(words);
  process.exit(code);
}
