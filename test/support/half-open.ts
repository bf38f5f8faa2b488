import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a database that a test can leave half open: it accepts connections and bytes, and nothing comes back. */
export interface WayToDatabase {
  /** The database by this way. */
  readonly url: string;
  /** The first bytes that each connection sent: the settings that it begins with. */
  readonly greetings: readonly string[];
  /** From now on nothing comes back, on connections that are open and on new ones. */
  halfOpen(): void;
  /** New connections are answered again; those of the time between are lost. */
  open(): void;
  close(): Promise<void>;
}

export async function wayTo(databaseUrl: string): Promise<WayToDatabase> {
  const target = new URL(databaseUrl);
  const { hostname, port } = target;
  const sockets = new Set<Socket>();
  const greetings: string[] = [];
  let isOpen = true;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.once('data', (bytes: Buffer) => greetings.push(bytes.toString('latin1').replaceAll('\0', ' ')));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined);
      from.on('data', (bytes: Buffer) => isOpen && to.write(bytes));
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  target.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: target.toString(),
    greetings,
    halfOpen: () => void (isOpen = false),
    open: () => {
      cut();
      isOpen = true;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
