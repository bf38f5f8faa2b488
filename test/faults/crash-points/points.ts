import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import pg from 'pg';

/** The points that were passed, in order, each by its number and what happens there. */
export const passed: string[] = [];
let killAt: string | null = null;
let isCounting = false;

/** Counts points from now on, and ends this process at one of them as nothing else could: it has no last word. */
export function beginCounting(at: string | null): void {
  killAt = at;
  isCounting = true;
}

/** A place where a process can be ended. */
export function point(what: string): void {
  if (!isCounting) return;
  const name = `${passed.length + 1} ${what}`;
  passed.push(name);
  if (name !== killAt) return;
  writeSync(1, name);
  process.kill(process.pid, 'SIGKILL');
}

type Query = (...given: unknown[]) => unknown;

/**
 * Before each statement; and when one that may be committed is on its way and no code has read the answer. What is sent
 * inside a transaction is undone with it, answered or not: the point before the next statement stands for that too,
 * since nothing leaves this process in between but what has points of its own.
 */
export function watchStatements(): void {
  const client = pg.Client.prototype as unknown as { query: Query };
  const original = client.query;
  let isInTransaction = false;
  client.query = function (this: unknown, ...given) {
    const first = given[0] as string | { text: string };
    const words = (typeof first === 'string' ? first : first.text).trim().split(/\s+/).slice(0, 4).join(' ');
    point(`before ${words}`);
    if (words === 'START TRANSACTION') isInTransaction = true;
    if (words === 'COMMIT' || words === 'ROLLBACK') isInTransaction = false;
    const answer = original.apply(this, given);
    if (!isInTransaction) point(`sent ${words}`);
    return answer;
  };
}

/**
 * Before anything is written to a provider, after everything that is, and when it has answered and no code has read it.
 * Between these the process sends no byte.
 */
export function watchWire(providerPort: number): void {
  const toProvider = new WeakSet<Socket>();
  const socket = Socket.prototype as unknown as Record<'connect' | 'write' | 'push', (...given: unknown[]) => unknown>;
  const { connect, write, push } = socket;
  let isAnswered = true;
  let hasWritten = false;
  socket.connect = function (this: Socket, ...given) {
    const [options] = (Array.isArray(given[0]) ? given[0] : given) as [{ port?: number | string }];
    if (Number(options.port) === providerPort) toProvider.add(this);
    return connect.apply(this, given);
  };
  socket.write = function (this: Socket, ...given) {
    if (!toProvider.has(this)) return write.apply(this, given);
    const words = String(given[0]).trim().split(/\s+/, 1)[0]!.slice(0, 12) || 'a line';
    if (!hasWritten) point(`before writing ${words}`);
    hasWritten = true;
    const written = write.apply(this, given);
    point(`after writing ${words}`);
    isAnswered = false;
    return written;
  };
  socket.push = function (this: Socket, ...given) {
    // An answer may come in pieces: the first of them counts.
    if (toProvider.has(this) && given[0] !== null && !isAnswered) {
      isAnswered = true;
      point('answered by the provider');
    }
    return push.apply(this, given);
  };
}
