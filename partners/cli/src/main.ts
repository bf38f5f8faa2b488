#!/usr/bin/env node
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { attach } from './attach.ts';
import { Ending, EXIT, endingOf } from './ending.ts';
import { register } from './register.ts';
import { clientWith, readCredentials, thumbprintOf } from './settings.ts';
import { submit } from './submit.ts';
import { verifyWebhook } from './verify-webhook.ts';

const USAGE = `mash-partner COMMAND

  submit FILE [--dry-run]    send a referral; writes its reference. FILE.sent.json keeps its idempotency key, so that the
                             same command can be run again. --dry-run asks the hub and stores nothing.
                             --lenient has the hub set soft faults apart, such as a wrong check digit, and names them
  submit - --key KEY         send a referral from standard input
  attach REFERENCE FILE…     add files to a referral, with --said-by NAME, and --description WORDS where you like; writes the
                             id of each and how it stands. The same command can be run again
  status REFERENCE           where a referral stands
  watch [FILE]               write each event as it comes; FILE keeps the place for the next time
  verify-webhook FILE        say whether a call came from the hub: its body is FILE (- for standard input), and its headers
                             are --id, --timestamp and --signature. --late looks at the signature alone, not at the time
  register NAME              let your program in by an invitation; writes its client id. Sends the public key of
                             MASH_KEY_FILE, or with --keys-at https://… the address at which you show your keys
  check (or whoami)          get a token, and say what it may do or which claim is wrong

  MASH_HUB        the address of the hub's API, such as https://mash.example.org
  MASH_CLIENT_ID  the id that the hub's administrator gave you
  MASH_KEY_FILE   your private key (PEM)
  MASH_KEY_ID     the name of the key, while your client has two
  MASH_INVITATION  what the hub's administrator gave you, good once; for register alone
  MASH_WEBHOOK_SECRET  the secret of the endpoint (whsec_…), or two with a space between them; for verify-webhook alone

  Ends with 0 when it is done, 2 when something is invalid, 3 when the credentials are refused, and 4 when the same
  command may succeed later.
  verify-webhook ends with 3 for a call that is not the hub's, or not of this moment.
`;

async function status(reference: string): Promise<void> {
  const answer = await clientWith(readCredentials()).status(reference);
  process.stdout.write(`${answer.reference} ${answer.status}\n`);
  process.stdout.write(`received ${answer.receivedAt}, decision expected by ${answer.decisionExpectedBy}\n`);
  if (answer.feedback !== undefined) process.stdout.write('feedback for the referrer is there\n');
}

async function watch(file: string | undefined): Promise<void> {
  const after = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  for await (const { events, next } of clientWith(readCredentials()).events(after || undefined)) {
    for (const { occurredAt, type, data } of events) {
      process.stdout.write(
        `${[occurredAt, type, data.reference, data.informationRequest].filter(Boolean).join(' ')}\n`,
      );
    }
    if (file === undefined || next === undefined) continue;
    // Whole or not at all, also when the machine stops now.
    writeFileSync(`${file}.new`, `${next}\n`);
    renameSync(`${file}.new`, file);
  }
}

async function check(): Promise<void> {
  const credentials = readCredentials();
  const client = clientWith(credentials);
  process.stdout.write(`client ${credentials.clientId}\naud ${client.audience}\n`);
  process.stdout.write(`key ${await thumbprintOf(credentials.privateKey)}\nyour clock ${new Date().toISOString()}\n`);
  const { scope, expires_in } = await client.token();
  process.stdout.write(`a token for ${expires_in} seconds, with ${scope}\n`);
}

async function run(args: string[]): Promise<void> {
  const options = {
    ...({ 'dry-run': { type: 'boolean' }, key: { type: 'string' }, help: { type: 'boolean' } } as const),
    ...({ id: { type: 'string' }, timestamp: { type: 'string' }, signature: { type: 'string' } } as const),
    ...({ late: { type: 'boolean' }, lenient: { type: 'boolean' } } as const),
    ...({ 'said-by': { type: 'string' }, description: { type: 'string' }, 'keys-at': { type: 'string' } } as const),
  };
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new Ending(EXIT.invalid, `${(error as Error).message}\n\n${USAGE}`);
  }
  const [command, of, ...more] = parsed.positionals;
  if (parsed.values.help) process.stdout.write(USAGE);
  else if (command === 'attach' && of !== undefined && more.length > 0) {
    await attach(of, more, { saidBy: parsed.values['said-by'], description: parsed.values.description });
  } else if (more.length > 0) throw new Ending(EXIT.invalid, USAGE);
  else if (command === 'submit' && of !== undefined) {
    const { 'dry-run': isDryRun = false, lenient: isLenient = false, key } = parsed.values;
    await submit(of, { isDryRun, isLenient, key });
  } else if (command === 'register' && of !== undefined) await register(of, parsed.values['keys-at']);
  else if (command === 'status' && of !== undefined) await status(of);
  else if (command === 'verify-webhook' && of !== undefined) verifyWebhook(of, parsed.values);
  else if (command === 'watch') await watch(of);
  else if ((command === 'check' || command === 'whoami') && of === undefined) await check();
  else throw new Ending(EXIT.invalid, USAGE);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  const ending = endingOf(error);
  process.stderr.write(`${ending.message}\n`);
  process.exitCode = ending.exit;
}
