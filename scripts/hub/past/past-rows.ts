import type { NewRow, rowsOf, RowsOf, Transaction } from '#store';

type Table<E extends object> = Parameters<typeof rowsOf<E>>[0];

/** The rows of a past that are made and not stored yet. They may be changed until they are. */
export class PastRows {
  private readonly byTable = new Map<RowsOf['table'], object[]>();

  add<E extends object, R extends NewRow<E>>(table: Table<E>, row: R): R {
    const rows = this.byTable.get(table);
    if (rows === undefined) this.byTable.set(table, [row]);
    else rows.push(row);
    return row;
  }

  /** Stores all there are, in one statement: foreign keys among them are checked at its end. Others may be added meanwhile. */
  async store(tx: Transaction): Promise<void> {
    const taken = [...this.byTable].map(([table, rows]) => ({ table, rows }));
    this.byTable.clear();
    await tx.insert(...taken);
  }
}
