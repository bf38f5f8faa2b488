import { readFileSync } from 'node:fs';
import { NotFromHub, WebhookReceiver } from '../../client/src/index.ts';
import { Ending, EXIT } from './ending.ts';

/** The headers of a call, each as it came. */
export interface CallOptions {
  readonly id?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly signature?: string | undefined;
  /** Looks at a call of before: its time is not compared with the clock. */
  readonly late?: boolean | undefined;
}

/** Says whether a call came from the hub, and writes its kind and what it is about. */
export function verifyWebhook(file: string, { id, timestamp, signature, late = false }: CallOptions): void {
  if (id === undefined || timestamp === undefined || signature === undefined) {
    throw new Ending(EXIT.invalid, 'Give the headers of the call: --id, --timestamp and --signature');
  }
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  const receiver = receiverOf(process.env['MASH_WEBHOOK_SECRET'] ?? '');
  const body = bodyIn(file);
  try {
    const { type, occurredAt, data } = receiver.verify(headers, body, late ? Number(timestamp) * 1_000 : Date.now());
    const about = 'reference' in data ? String(data.reference) : '';
    process.stdout.write(`${[occurredAt, type, about].filter(Boolean).join(' ')}\n`);
    process.stderr.write('The call came from the hub.\n');
  } catch (error) {
    if (!(error instanceof NotFromHub)) throw error;
    throw new Ending(EXIT.credentials, `Not from the hub: ${error.message} (${error.reason})`);
  }
}

function receiverOf(secrets: string): WebhookReceiver {
  const given = secrets.split(/\s+/).filter(Boolean);
  const isSecret = (one: string) => /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/.test(one);
  if (given.length === 0 || !given.every(isSecret)) {
    throw new Ending(EXIT.invalid, 'Set MASH_WEBHOOK_SECRET to the secret of the endpoint: whsec_ and base64');
  }
  return new WebhookReceiver(given);
}

function bodyIn(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new Ending(EXIT.invalid, `${file} cannot be read`);
  }
}
