import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Processes that the bench has started. */
export interface Running {
  stop(): Promise<void>;
  /** At once, as nothing that ends by itself does. */
  kill(): void;
}

/** So many workers of ours, each in a process of its own. */
export function startWorkers(count: number, environment: NodeJS.ProcessEnv): Promise<Running> {
  return startProcesses(count, '../apps/worker/src/main.js', [], {
    WORKER_PORT: '0',
    LOG_LEVEL: 'silent',
    CONSOLE_URL: 'http://127.0.0.1:3001',
    ...environment,
  });
}

/**
 * Starts the same program so many times and waits until each says that it has started.
 *
 * @param program as built, seen from here
 */
export async function startProcesses(
  count: number,
  program: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Running> {
  const children = await Promise.all(
    Array.from({ length: count }, () => startProcess(program, parameters, environment)),
  );
  return {
    stop: async () => void (await Promise.all(children.map(stopProcess))),
    kill: () => children.forEach((child) => child.kill('SIGKILL')),
  };
}

async function startProcess(program: string, parameters: readonly string[], environment: NodeJS.ProcessEnv) {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), parameters, {
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error(`${program} ${parameters.join(' ')} did not start`)));
  });
  return child;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 8_000);
  await exited;
  clearTimeout(patience);
}
