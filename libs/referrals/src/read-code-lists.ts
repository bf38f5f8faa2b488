import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { auditEntry } from '#audit';
import { CODE_LISTS, type CodeList } from '#domain';
import { Refused } from '#platform';
import { Database } from '#store';

/** A list of codes as an agency reads it. */
export interface NamedCodeList extends CodeList {
  readonly name: string;
  /** Twelve hexadecimal digits: others when a code or its words have changed, and only then. */
  readonly version: string;
}

const ALL: readonly NamedCodeList[] = Object.entries(CODE_LISTS).map(([name, list]) => ({
  name,
  version: createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 12),
  ...list,
}));

/** The lists of codes that agencies send. That a program read them is on the record. */
@Injectable()
export class ReadCodeLists {
  constructor(private readonly database: Database) {}

  async all(agencyId: string): Promise<readonly NamedCodeList[]> {
    await this.note(agencyId, null);
    return ALL;
  }

  /** @throws Refused `not-found` */
  async one(name: string, agencyId: string): Promise<NamedCodeList> {
    const found = ALL.find((list) => list.name === name);
    if (found === undefined) throw new Refused('not-found');
    await this.note(agencyId, name);
    return found;
  }

  private async note(agencyId: string, name: string | null): Promise<void> {
    await this.database.as({ kind: 'agency', id: agencyId }).transaction(async (tx) => {
      await tx.insert(auditEntry(tx, 'code-lists.read', null, { name }));
    });
  }
}
