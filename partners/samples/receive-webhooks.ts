// Takes the calls of a hub, and writes what each is about: node receive-webhooks.ts PORT
// WEBHOOK_SECRET must be set: whsec_…, or two with a space between them while you rotate. Put TLS in front of it.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

const keys = process.env['WEBHOOK_SECRET']!.split(' ').map((one) => Buffer.from(one.replace('whsec_', ''), 'base64'));
// A program with several processes keeps them in its database, with the work.
const dealtWith = new Set<string>();

createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    // Cut off, or too large: the hub calls again if it was the hub.
    () => response.destroy(),
  );
}).listen(Number(process.argv[2] ?? 8080), '127.0.0.1');

async function receive(request: IncomingMessage): Promise<number> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    // A call of the hub has less than a kilobyte.
    if ((size += part.length) > 10_000) throw new Error('too large');
    parts.push(part);
  }
  const body = Buffer.concat(parts);
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    String(request.headers[`webhook-${name}`] ?? ''),
  ) as [string, string, string];

  // Signed over the bytes that came, by this secret or the one before.
  const isSigned = keys.some((key) => {
    const own = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
    return signatures.split(' ').some((given) => {
      const theirs = Buffer.from(given.replace(/^v1,/, ''), 'base64');
      return theirs.length === own.length && timingSafeEqual(theirs, own);
    });
  });
  // A call that another sends again is too old, or was dealt with.
  const isOfNow = Math.abs(Date.now() / 1_000 - Number(timestamp)) <= 300;
  if (!isSigned || !isOfNow) return 400;
  if (dealtWith.has(id)) return 204;

  const { type, data } = JSON.parse(body.toString('utf8')) as { type: string; data: { reference?: string } };
  console.log([id, type, data.reference].filter(Boolean).join(' '));
  dealtWith.add(id);
  return 204;
}
