// Sends the referral of a file, and writes its reference: node first-referral.ts referral.json
// HUB, CLIENT_ID and KEY_FILE (an RSA key) must be set. Run it again with the same file when no answer comes.
import { createPrivateKey, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { SignJWT } from 'jose';

const file = process.argv[2]!;
const [hub, clientId, keyFile] = ['HUB', 'CLIENT_ID', 'KEY_FILE'].map((name) => process.env[name]!) as [
  string,
  string,
  string,
];

// An assertion is good once, for two minutes, and for this hub only.
const assertion = await new SignJWT({ jti: randomUUID() })
  .setProtectedHeader({ alg: 'PS256' })
  .setIssuer(clientId)
  .setSubject(clientId)
  .setAudience(`${hub}/oauth2/token`)
  .setExpirationTime('2m')
  .sign(createPrivateKey(readFileSync(keyFile)));
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
});
const granted = await fetch(`${hub}/oauth2/token`, { method: 'POST', body: form });
if (!granted.ok) end(3, `No token: ${await granted.text()}`);
const { access_token } = (await granted.json()) as { access_token: string };

// One key for one referral, kept before it is sent.
if (!existsSync(`${file}.key`)) writeFileSync(`${file}.key`, randomUUID());

for (let attempt = 1; ; attempt += 1) {
  const sent = await fetch(`${hub}/api/v1/referrals`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${access_token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': readFileSync(`${file}.key`, 'utf8').trim(),
    },
    body: readFileSync(file),
  });
  if (sent.status === 201) {
    console.log(((await sent.json()) as { reference: string }).reference);
    break;
  }
  if (![429, 503].includes(sent.status) || attempt === 4) end(2, `Not sent: ${await sent.text()}`);
  await setTimeout(Number(sent.headers.get('Retry-After') ?? 5) * 1_000);
}

function end(code: number, words: string): never {
  console.error(words);
  process.exit(code);
}
