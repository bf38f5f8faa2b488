import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';

const REGION = 'eu-west-2';
const BUCKET = 'files-of-agencies';
const KEY = { accessKeyId: 'AKTEST', secretAccessKey: 'a secret of the tests' };

type Bytes = string | ArrayBuffer | ArrayBufferView;
const bytesOf = (data: Bytes) =>
  typeof data === 'string'
    ? Buffer.from(data)
    : ArrayBuffer.isView(data)
      ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      : Buffer.from(data);

/** SHA-256 of Node, as the signer asks for it. */
class Sha256 {
  private readonly hash: Hash | Hmac;
  constructor(secret?: Bytes) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret));
  }
  update(data: Bytes): void {
    this.hash.update(bytesOf(data));
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.hash.digest());
  }
  reset(): void {
    throw new Error('a hash is used once');
  }
}

interface Stored {
  bytes: Buffer;
  changedAt: Date;
}

/**
 * A store that speaks as much of S3 as the service uses, in memory. It refuses a request whose signature is not what AWS's own
 * signer makes of the request (`@smithy/signature-v4`: another library than the service signs with), or whose body is not the
 * one that was signed.
 */
export class S3Server {
  readonly objects = new Map<string, Stored>();
  /** `method key` of each request that was let in. */
  readonly asked: string[] = [];
  /** How it behaves: as it should, with 503 to all, or without an answer. */
  manner: 'answers' | 'busy' | 'silent' = 'answers';
  /** What happens once while an object whose key begins so is being read. */
  meanwhile: { readonly of: string; readonly act: () => Promise<unknown> } | null = null;
  /** As many objects as one list has. */
  page = 1_000;
  /** How many requests have no answer. */
  waiting = 0;
  private readonly signer = new SignatureV4({
    ...{ service: 's3', region: REGION, credentials: KEY, sha256: Sha256 },
    ...{ uriEscapePath: false, applyChecksum: false },
  });

  private constructor(private readonly server: Server) {}

  static async start(): Promise<S3Server> {
    const server = createServer((request, response) => void store.answer(request, response));
    const store = new S3Server(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return store;
  }

  get settings() {
    const { port } = this.server.address() as AddressInfo;
    return {
      ...{ ATTACHMENT_STORE: 's3', S3_ENDPOINT: `http://127.0.0.1:${port}`, S3_BUCKET: BUCKET, S3_REGION: REGION },
      ...{ S3_ACCESS_KEY_ID: KEY.accessKeyId, S3_SECRET_ACCESS_KEY: KEY.secretAccessKey },
    };
  }

  reset(): void {
    this.objects.clear();
    this.asked.length = 0;
    Object.assign(this, { manner: 'answers', page: 1_000, waiting: 0 });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://store');
    const body = Buffer.concat(await request.toArray());
    if (this.manner === 'silent') return void (this.waiting += 1);
    if (this.manner === 'busy') return refuse(response, 503, 'SlowDown');
    if (!(await this.isSigned(request, url, body))) return refuse(response, 403, 'SignatureDoesNotMatch');
    const [, bucket, ...parts] = url.pathname.split('/');
    if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket');
    const key = parts.join('/');
    this.asked.push(`${request.method} ${key}`);
    if (request.method === 'PUT') {
      this.objects.set(key, { bytes: body, changedAt: new Date() });
      return void response.end();
    }
    if (request.method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (key === '') return this.list(url, response);
    const found = this.objects.get(key);
    if (found === undefined) return refuse(response, 404, 'NoSuchKey');
    const { meanwhile } = this;
    if (meanwhile !== null && key.startsWith(meanwhile.of)) {
      this.meanwhile = null;
      await meanwhile.act();
    }
    response.end(found.bytes);
  }

  private list({ searchParams }: URL, response: ServerResponse): void {
    const after = searchParams.get('start-after') ?? '';
    const most = Math.min(this.page, Number(searchParams.get('max-keys') ?? 1_000));
    const all = [...this.objects].filter(([key]) => key > after).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const contents = all
      .slice(0, most)
      .map(([key, { changedAt }]) => {
        return `<Contents><Key>${key}</Key><LastModified>${changedAt.toISOString()}</LastModified></Contents>`;
      })
      .join('');
    response.end(`<ListBucketResult><IsTruncated>${all.length > most}</IsTruncated>${contents}</ListBucketResult>`);
  }

  private async isSigned({ method, headers }: IncomingMessage, url: URL, body: Buffer): Promise<boolean> {
    const said = /SignedHeaders=([^,]+), ?Signature=[0-9a-f]{64}$/.exec(headers.authorization ?? '');
    const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(headers['x-amz-date']));
    if (said === null || date === null) return false;
    if (createHash('sha256').update(body).digest('hex') !== headers['x-amz-content-sha256']) return false;
    const [, year, month, day, hour, minute, second] = date.map(Number);
    const signed = said[1]!.split(';');
    const { headers: made } = await this.signer.sign(
      {
        ...{ method: method!, protocol: 'http:', hostname: url.hostname, path: url.pathname, body },
        query: Object.fromEntries(url.searchParams),
        headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
      },
      {
        signingDate: new Date(Date.UTC(year!, month! - 1, day, hour, minute, second)),
        signableHeaders: new Set(signed),
      },
    );
    return made['authorization'] === headers.authorization;
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}
