import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a process has to send, one after the other on one connection, for a trap to spring. */
export interface Trap {
  readonly seen: readonly string[];
  /** Whether the last of them still reaches the server. */
  readonly forwarded: boolean;
  readonly spring: () => void;
}

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  /** Nothing passes, and neither end learns of it. */
  held: 'until thawed' | 'for good' | null;
  /** How many of the trap's texts it has sent. */
  matched: number;
}

/** The network between one process and PostgreSQL, which can fail. */
export class FaultyNetwork {
  private readonly connections = new Set<Connection>();
  private trap: Trap | null = null;
  private frozen = false;

  private constructor(
    private readonly server: Server,
    private readonly targetPort: number,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async to(targetPort: number): Promise<FaultyNetwork> {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    return new FaultyNetwork(server, targetPort);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Does something at an exact point of what the process sends. */
  set(trap: Trap): void {
    for (const connection of this.connections) connection.matched = 0;
    this.trap = trap;
  }

  /** Every connection is reset. */
  cut(): void {
    for (const connection of this.connections) this.end(connection);
  }

  /** Nothing passes any more on the connections there are, and neither end is told. New ones are not affected. */
  halfOpen(): void {
    for (const connection of this.connections) hold(connection, 'for good');
  }

  /** Nothing passes on any connection, old or new, until it is thawed: then everything arrives. */
  freeze(): void {
    this.frozen = true;
    for (const connection of this.connections) hold(connection, 'until thawed');
  }

  thaw(): void {
    this.frozen = false;
    for (const connection of this.connections) {
      if (connection.held !== 'until thawed') continue;
      connection.held = null;
      connection.client.resume();
      connection.server.resume();
    }
  }

  /** The network is whole again. @returns whether a trap was set that has not sprung */
  heal(): boolean {
    const unsprung = this.trap !== null;
    this.trap = null;
    this.thaw();
    for (const connection of this.connections) if (connection.held !== null) this.end(connection);
    return unsprung;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    const server = connect(this.targetPort, '127.0.0.1');
    const connection: Connection = { client, server, held: null, matched: 0 };
    this.connections.add(connection);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => connection.held === null && this.end(connection));
    }
    client.on('data', (chunk: Buffer) => this.fromClient(connection, chunk));
    server.on('data', (chunk) => client.write(chunk));
    if (this.frozen) hold(connection, 'until thawed');
  }

  private fromClient(connection: Connection, chunk: Buffer): void {
    const { trap } = this;
    if (trap !== null && chunk.includes(trap.seen[connection.matched]!)) connection.matched++;
    if (trap === null || connection.matched < trap.seen.length) {
      connection.server.write(chunk);
      return;
    }
    this.trap = null;
    if (trap.forwarded) connection.server.write(chunk);
    trap.spring();
  }

  private end(connection: Connection): void {
    this.connections.delete(connection);
    connection.client.resetAndDestroy();
    connection.server.resetAndDestroy();
  }
}

function hold(connection: Connection, how: 'until thawed' | 'for good'): void {
  connection.held = how;
  connection.client.pause();
  connection.server.pause();
}
