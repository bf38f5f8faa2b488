import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from '../sandbox-file.ts';
import { CannotStart } from './before-start.ts';
import type { Prepared, ToPrepare } from './prepare-database.ts';

/** The process that prepares the database, and then ends. It loads its modules while the database starts. */
export class Preparation {
  private readonly child: ChildProcess = fork(fileURLToPath(new URL('prepare-database.js', import.meta.url)), [], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: ['--enable-source-maps'],
  });

  /** @throws CannotStart when the database cannot be prepared */
  async of(asked: ToPrepare): Promise<Sandbox> {
    const prepared = await new Promise<Prepared>((resolve) => {
      this.child.once('message', (answer: Prepared) => resolve(answer));
      this.child.once('exit', () => resolve({ whyNot: 'The database could not be prepared.' }));
      if (this.child.connected) this.child.send(asked);
    });
    if ('whyNot' in prepared) throw new CannotStart(prepared.whyNot);
    return prepared.sandbox;
  }

  /** What it had begun is one transaction each, so nothing of it is left. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
  }
}
