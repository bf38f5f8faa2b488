import { createServer } from 'node:net';

/** Below the ports that the kernel gives to clients, in a range of this process's own: so no other test takes one. */
const FIRST = 10_000 + (process.pid % 200) * 100;
let next = FIRST;

/** A port on which nothing listens, for a server that must know its address before it is started. */
export async function ownPort(): Promise<number> {
  for (let tried = 0; tried < 100; tried++) {
    const port = FIRST + ((next++ - FIRST) % 100);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port is free from ${FIRST} to ${FIRST + 99}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)))
      .listen(port, '127.0.0.1');
  });
}
