import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** Waits until its input is closed, then sends a signal to a process. */
const WATCH = 'read -r _; kill -s "$0" "$1"';

/**
 * Stops a program when this process ends, even by SIGKILL. The program does not notice that end, so a shell beside it
 * reads from a pipe, which the system closes with this process.
 *
 * @param signal the signal that ends the program in good order
 */
export function stopWithUs(program: ChildProcess, signal: 'INT' | 'TERM'): void {
  if (program.pid === undefined || process.platform === 'win32') return;
  const watch = spawn('/bin/sh', ['-c', WATCH, signal, String(program.pid)], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a group of its own: Ctrl-C ends everything else in this group at once.
    detached: true,
  });
  watch.unref();
  (watch.stdin as Socket).unref();
  program.once('exit', () => watch.kill('SIGKILL'));
}
