import { realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { Sandbox } from '../sandbox-file.ts';

export interface Whereabouts {
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  /** The folder of the embedded database; empty when another PostgreSQL is used. */
  readonly databaseDir: string;
}

/** What a start says when everything runs: where it is, and what to do first. */
export function welcome({ apiUrl, consoleUrl, mailboxUrl, staff, agencies }: Sandbox, where: Whereabouts): string {
  const [screener, socialWorker, manager, administrator, teacher] = [
    ...['screener', 'social_worker', 'manager', 'administrator', 'partner'],
  ].map((role) => staff.find((one) => one.role === role)!.name);
  return `
  MASH triage is running, with fictional people only. BullMQ is on ${where.redisUrl === undefined ? 'PostgreSQL' : 'Redis'}.

    Console   ${consoleUrl}    sign in as ${screener} (screener), ${socialWorker} (social worker) or ${manager} (manager);
              ${administrator} looks after agencies and people, ${teacher} works for an agency
    API       ${apiUrl}    its contract is at ${apiUrl}/docs
    Mailbox   ${mailboxUrl}    every e-mail that it sends; an alert comes within two minutes of a first start
${databaseOutside(where)}
  Send a first referral, from another terminal:

    npm run mash -- submit scripts/scenarios/01-bruised-ten-week-old.json

  or over HTTP, as README.md shows, with the credential of ${agencies[0]!.name}:

    export TOKEN=${agencies[0]!.token}

  Ctrl-C stops everything and keeps the data.
`;
}

function databaseOutside({ dataDir, databaseDir }: Whereabouts): string {
  const inside = realpathSync(dataDir);
  if (databaseDir === '' || databaseDir.startsWith(`${inside}${sep}`)) return '';
  return `    Database  ${databaseDir}    outside of ${inside}, which only root may enter: PostgreSQL runs as the user postgres
`;
}
