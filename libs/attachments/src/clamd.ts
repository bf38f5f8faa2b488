import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Longer than clamd reads one file by its default (`MaxScanTime`: 120 seconds). */
const QUIET_MS = 130_000;
/** An answer is one line. */
const LONGEST_ANSWER = 4_096;

/** clamd is not there, gives no answer in time, or breaks off. It may answer the next time. */
export class ScannerAway extends Error {
  override readonly name = 'ScannerAway';
}

/** clamd does not read the file, such as for its size: the answer is the same until a person changes its settings. */
export class ScannerRefuses extends Error {
  override readonly name = 'ScannerRefuses';
}

/** ClamAV's daemon, over its own protocol (clamd(8), INSTREAM). */
export class Clamd {
  /**
   * @param url `tcp://host:port` or `unix:///path`
   * @param quietMs milliseconds after which one that says nothing is taken to be away
   */
  constructor(
    private readonly url: string,
    private readonly quietMs = QUIET_MS,
  ) {}

  /**
   * Has a file read.
   *
   * @returns the name of the virus that was found; null for none
   * @throws ScannerAway, ScannerRefuses, and what the file's bytes throw
   */
  async scan(bytes: AsyncIterable<Buffer>): Promise<string | null> {
    const socket = this.connect();
    const answer = answerOf(socket, this.quietMs);
    // It is read below: a rejection before is not one without a handler.
    answer.catch(() => undefined);
    try {
      await send(socket, bytes);
      return verdictOf(await answer);
    } finally {
      socket.destroy();
    }
  }

  private connect(): Socket {
    const { protocol, hostname, port, pathname } = new URL(this.url);
    return protocol === 'unix:' ? connect(decodeURIComponent(pathname)) : connect(Number(port), hostname);
  }
}

/** Sends a file in chunks, each behind its length. Stops where clamd has hung up, or has answered before the end. */
async function send(socket: Socket, bytes: AsyncIterable<Buffer>): Promise<void> {
  const write = async (chunk: Buffer | string) => {
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
  };
  await write('zINSTREAM\0');
  for await (const chunk of bytes) {
    if (socket.destroyed || socket.readableEnded) return;
    await write(lengthOf(chunk.length));
    await write(chunk);
  }
  if (!socket.destroyed) await write(lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}

function answerOf(socket: Socket, quietMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let why = 'hung up without an answer';
    socket.setTimeout(quietMs, () => {
      why = 'gave no answer in time';
      socket.destroy();
    });
    socket.on('data', (part: Buffer) => {
      said += part.toString('latin1');
      if (said.includes('\0')) resolve(said.slice(0, said.indexOf('\0')));
      else if (said.length > LONGEST_ANSWER) socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => (why = `failed with ${error.code ?? error.name}`));
    socket.on('close', () => reject(new ScannerAway(`the virus scanner ${why}`)));
  });
}

function verdictOf(answer: string): string | null {
  if (answer === 'stream: OK') return null;
  const found = /^stream: (.+) FOUND$/.exec(answer);
  if (found !== null) return found[1]!;
  if (answer.startsWith('INSTREAM size limit exceeded'))
    throw new ScannerRefuses('the virus scanner takes no file as large: raise StreamMaxLength of clamd to 25M');
  throw new ScannerRefuses('the virus scanner did not read the file');
}
