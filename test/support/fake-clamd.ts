import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { EICAR } from './sample-files.ts';

/** How the stand-in behaves. */
type Manner = 'answers' | 'says-too-large' | 'hangs-up' | 'says-nothing' | 'says-nonsense' | 'hangs-up-in-between';

const COMMAND = 'zINSTREAM\0';

/** A stand-in for ClamAV's clamd: it speaks INSTREAM (clamd(8)), and finds the EICAR test file. */
export class FakeClamd {
  manner: Manner = 'answers';
  /** The files that it has read. */
  readonly read: Buffer[] = [];
  private readonly open = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly address: string,
  ) {}

  /** @param path of a socket of this machine; without it on a port */
  static async start(path?: string): Promise<FakeClamd> {
    const server = createServer();
    if (path === undefined) server.listen(0, '127.0.0.1');
    else server.listen(path);
    await once(server, 'listening');
    const clamd = new FakeClamd(server, path ?? String((server.address() as AddressInfo).port));
    server.on('connection', (socket) => clamd.serve(socket));
    return clamd;
  }

  get url(): string {
    return this.address.startsWith('/') ? `unix://${this.address}` : `tcp://127.0.0.1:${this.address}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    if (!this.server.listening) return;
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.open.add(socket);
    socket.on('close', () => this.open.delete(socket));
    socket.on('error', () => undefined);
    if (this.manner === 'hangs-up') return void socket.destroy();
    if (this.manner === 'says-nothing') return void socket.resume();
    let waiting = Buffer.alloc(0);
    let isCommanded = false;
    const chunks: Buffer[] = [];
    socket.on('data', (part: Buffer) => {
      waiting = Buffer.concat([waiting, part]);
      if (!isCommanded) {
        if (waiting.length < COMMAND.length) return;
        if (waiting.subarray(0, COMMAND.length).toString('latin1') !== COMMAND)
          return void socket.end('UNKNOWN COMMAND\0');
        waiting = waiting.subarray(COMMAND.length);
        isCommanded = true;
      }
      while (waiting.length >= 4) {
        const length = waiting.readUInt32BE();
        if (length === 0) return this.answer(socket, Buffer.concat(chunks));
        if (waiting.length < 4 + length) return;
        chunks.push(waiting.subarray(4, 4 + length));
        waiting = waiting.subarray(4 + length);
        if (this.manner === 'hangs-up-in-between') return void socket.destroy();
        // As clamd does: it says so and hangs up, however much is still to come.
        if (this.manner === 'says-too-large') return void socket.end('INSTREAM size limit exceeded. ERROR\0');
      }
    });
  }

  private answer(socket: Socket, file: Buffer): void {
    this.read.push(file);
    const found = file.includes(EICAR) ? 'Eicar-Test-Signature FOUND' : 'OK';
    socket.end(this.manner === 'says-nonsense' ? 'HELLO\0' : `stream: ${found}\0`);
  }
}
