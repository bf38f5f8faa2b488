import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process of this machine, as Linux shows it in /proc. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  /** The folder that it works in. */
  readonly folder: string;
  readonly environment: string;
}

/** Every process that has not ended. @throws Error where there is no /proc */
export function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => read(Number(pid)) ?? []);
}

function read(pid: number): Process | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    if (/^State:\s+Z/m.test(status)) return null;
    const spaced = (file: string) => readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ').trim();
    return {
      pid,
      parent: Number(/^PPid:\s+(\d+)/m.exec(status)![1]),
      command: spaced('cmdline'),
      folder: readlinkSync(`/proc/${pid}/cwd`),
      environment: spaced('environ'),
    };
  } catch {
    // It has just ended, or it is another user's.
    return null;
  }
}
