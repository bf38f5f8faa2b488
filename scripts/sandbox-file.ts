import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadSettings } from '../libs/platform/src/bad-settings.ts';

/** An agency of the demonstration, and the credential that it identifies itself with. */
export interface DemonstrationAgency {
  readonly name: string;
  readonly sourceCode: string;
  readonly token: string;
}

/** What a demonstration start leaves for other programs on this machine: `sandbox.json` in its data directory. */
export interface Sandbox {
  readonly databaseUrl: string;
  readonly apiUrl: string;
  readonly consoleUrl: string;
  readonly mailboxUrl: string;
  readonly agencies: readonly DemonstrationAgency[];
  readonly staff: readonly { readonly name: string; readonly role: string; readonly username: string }[];
}

const fileIn = (dataDir: string) => join(dataDir, 'sandbox.json');

export function readSandbox(dataDir: string): Sandbox | null {
  if (!existsSync(fileIn(dataDir))) return null;
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Sandbox;
  } catch {
    throw new BadSettings(
      `${fileIn(dataDir)} cannot be read, and it holds the agencies' credentials: move ${dataDir} away and run npm start for a new hub.`,
    );
  }
}

export function writeSandbox(dataDir: string, sandbox: Sandbox): void {
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(fileIn(dataDir), `${JSON.stringify(sandbox, null, 2)}\n`, { mode: 0o600 });
}
