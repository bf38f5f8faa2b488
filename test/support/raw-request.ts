import { connect } from 'node:net';

/** What came back over a connection until it ended. */
export interface RawAnswer {
  /** Zero when nothing came. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  readonly text: string;
  /** Whether the server ended the connection; otherwise we did, when the answer was whole. */
  readonly isEnded: boolean;
  /** Bytes that the kernel took from us. */
  readonly sent: number;
}

/**
 * Sends bytes as they stand and reads until the server ends the connection.
 *
 * @param more bytes that are sent again and again after the first, for as long as the server takes them
 */
export function sendRaw(url: string, first: string | Buffer, more?: Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    let isEnded = false;
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => chunks.push(bytes));
    socket.on('end', () => {
      isEnded = true;
      socket.destroy();
    });
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ ...parsed(text), status, text, isEnded, sent: socket.bytesWritten - socket.writableLength });
    });
    socket.write(first);
    if (more === undefined) return;
    const push = () => {
      while (!socket.destroyed && socket.write(more));
    };
    socket.on('drain', push);
    push();
  });
}

/** The head of a request; the connection is to be closed after its answer unless the headers say otherwise. */
export function head(line: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = { Host: 'hub.example.org', Connection: 'close', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${[`${line} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`;
}

function parsed(text: string): Pick<RawAnswer, 'headers' | 'body'> {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [, ...lines] = head.split('\r\n');
  const headers = new Headers(
    lines.map((line): [string, string] => [line.split(':')[0]!, line.replace(/^[^:]*: ?/, '')]),
  );
  return { headers, body: rest.join('\r\n\r\n') };
}
