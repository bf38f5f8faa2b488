import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import { ObjectsAway, ObjectsRefuse } from './objects-away.ts';

/** Where objects are, and by which key. */
export interface S3Place {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An object as the store lists it. */
export interface ListedObject {
  readonly key: string;
  readonly changedAt: Temporal.Instant;
}

/** A part has a megabyte: a store that takes longer for it is taken to be away. */
const PATIENCE_MS = 10_000;
/** A page that tells whether the store answers does not wait as long. */
const QUICK_MS = 2_000;
/** Keys are ids and slashes, which no XML writes otherwise. */
const LISTED = /<Contents>.*?<Key>([0-9a-f/-]+)<\/Key>.*?<LastModified>([^<]+)<\/LastModified>.*?<\/Contents>/gs;

/**
 * Objects in a store that speaks S3, at `endpoint/bucket/key` (path style, which every such store has). Bytes are encrypted
 * before they come here. `aws4fetch` signs.
 */
export class S3Objects {
  constructor(private readonly place: S3Place) {}

  /** @throws ObjectsAway */
  async put(key: string, bytes: Buffer): Promise<void> {
    const answer = await this.ask('PUT', `/${key}`, bytes);
    await answer.arrayBuffer();
    if (!answer.ok) throw refused(answer);
  }

  /** @returns null where there is no such object @throws ObjectsAway */
  async get(key: string): Promise<Buffer | null> {
    const answer = await this.ask('GET', `/${key}`);
    const bytes = await bodyOf(answer);
    if (answer.ok) return bytes;
    // Of a bucket that is not there it is no object that is missing.
    if (answer.status === 404 && bytes.includes('<Code>NoSuchKey</Code>')) return null;
    throw refused(answer);
  }

  /** @throws ObjectsAway */
  async remove(key: string): Promise<void> {
    const answer = await this.ask('DELETE', `/${key}`);
    await answer.arrayBuffer();
    if (!answer.ok && answer.status !== 404) throw refused(answer);
  }

  /** Every object, some at a time, by key. @throws ObjectsAway */
  async *list(): AsyncGenerator<readonly ListedObject[], void> {
    for (let after = ''; ;) {
      const answer = await this.ask(
        'GET',
        `?list-type=2${after === '' ? '' : `&start-after=${encodeURIComponent(after)}`}`,
      );
      const page = (await bodyOf(answer)).toString('utf8');
      if (!answer.ok) throw refused(answer);
      const found = [...page.matchAll(LISTED)].map(([, key, at]) => ({
        key: key!,
        changedAt: Temporal.Instant.from(at!),
      }));
      yield found;
      const last = found.at(-1);
      if (last === undefined || !page.includes('<IsTruncated>true</IsTruncated>')) return;
      after = last.key;
    }
  }

  /** Whether it answers, and lets us in. */
  async answers(): Promise<boolean> {
    try {
      const answer = await this.ask('GET', '?list-type=2&max-keys=1', undefined, QUICK_MS);
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  private async ask(method: string, path: string, body?: Buffer, patience = PATIENCE_MS): Promise<Response> {
    const { endpoint, bucket, ...key } = this.place;
    const sha256 = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const headers = { 'X-Amz-Content-Sha256': sha256, ...(body && { 'Content-Type': 'application/octet-stream' }) };
    const url = `${endpoint.replace(/\/$/, '')}/${bucket}${path}`;
    const signed = await new AwsV4Signer({ method, url, headers, service: 's3', ...key }).sign();
    try {
      return await fetch(signed.url, {
        ...{ method, headers: signed.headers, redirect: 'error', signal: AbortSignal.timeout(patience) },
        ...(body && { body: new Uint8Array(body) }),
      });
    } catch (error) {
      throw away(error);
    }
  }
}

async function bodyOf(answer: Response): Promise<Buffer> {
  try {
    return Buffer.from(await answer.arrayBuffer());
  } catch (error) {
    throw away(error);
  }
}

function away(error: unknown): ObjectsAway {
  const { name, cause } = error as Error & { cause?: { code?: string } };
  return new ObjectsAway(name === 'TimeoutError' ? 'gives no answer in time' : `is away (${cause?.code ?? name})`);
}

function refused({ status }: Response): ObjectsAway {
  return status >= 500 || status === 429 ? new ObjectsAway(`answers ${status}`) : new ObjectsRefuse(status);
}
