import { Injectable } from '@nestjs/common';
import { Refused } from '#platform';
import { Database, once, sql, type Transaction } from '#store';
import { addAgency, type NewAgency } from '../agencies.ts';
import type { StaffActor } from '../policy.ts';
import { addMember, type NewStaffMember } from '../staff.ts';
import { AGENCY_COLUMNS, agenciesInTable } from './agencies-in-table.ts';
import type { ImportedRow } from './imported-row.ts';
import { PEOPLE_COLUMNS, peopleInTable } from './people-in-table.ts';
import type { Columns, TableRow } from './table.ts';

/** What a table holds. */
export const IMPORTED = ['agencies', 'people'] as const;
export type Imported = (typeof IMPORTED)[number];

type Rows = readonly ImportedRow<NewAgency | NewStaffMember>[];

/** A council brings in its agencies, or the people who sign in, from a table, and sees first what becomes of each row. */
@Injectable()
export class ImportTable {
  constructor(private readonly database: Database) {}

  /** @returns what would become of each row; nothing is changed */
  async preview(of: Imported, rows: readonly TableRow[], by: StaffActor): Promise<Rows> {
    return this.database.as(by).transaction((tx) => READ[of](tx, rows));
  }

  /**
   * Adds all that is not there, or nothing.
   *
   * @returns how many were added
   * @throws Refused `table-has-faults` where a row cannot be brought in any more, `second-account`, or
   * `form-sent-before`
   */
  async execute(command: {
    readonly of: Imported;
    readonly rows: readonly TableRow[];
    /** The form that it is sent from, a UUID. */
    readonly formId: string;
    readonly by: StaffActor;
  }): Promise<number> {
    const { of, rows: written, formId, by } = command;
    const form = { id: formId, kind: 'import-table', answers: { of, rows: written } };
    const { answer } = await this.database.as(by).transaction((tx) =>
      once(tx, form, async () => {
        const rows = await READ[of](tx, written);
        if (rows.some(({ faults }) => faults.length > 0)) throw new Refused('table-has-faults');
        const added = rows.flatMap(({ adds }) => adds ?? []);
        for (const one of added)
          await ('kind' in one ? addAgency(tx, one) : addMember(tx, { ...one, phone: null }, by));
        return { added: added.length };
      }),
    );
    return answer.added;
  }
}

/** The columns of each table. */
export const COLUMNS_OF: Readonly<Record<Imported, Columns>> = { agencies: AGENCY_COLUMNS, people: PEOPLE_COLUMNS };

const READ: Readonly<Record<Imported, (tx: Transaction, rows: readonly TableRow[]) => Promise<Rows>>> = {
  agencies: async (tx, rows) => {
    const there = await tx.rows<{ name: string }>(sql`SELECT name FROM agency`);
    return agenciesInTable(
      rows,
      there.map(({ name }) => name),
    );
  },
  people: async (tx, rows) => {
    const there = await tx.rows<{ subject: string }>(sql`SELECT subject FROM staff_member WHERE is_active`);
    const agencies = await tx.rows<{ id: string; name: string }>(sql`SELECT id, name FROM agency`);
    return peopleInTable(rows, { subjects: there.map(({ subject }) => subject), agencies });
  },
};
