import type { ClientBase, Connection, FieldDef, Submittable } from 'pg';

/** A column that a statement returns: its name, and PostgreSQL's number of its type. */
export type ReturnedColumn = Pick<FieldDef, 'name' | 'dataTypeID'>;

/** Has PostgreSQL prepare and describe a statement, without running it. */
class Describe implements Submittable {
  private fields: readonly ReturnedColumn[] = [];
  readonly described: Promise<readonly ReturnedColumn[]>;
  private settle!: { resolve: (fields: readonly ReturnedColumn[]) => void; reject: (error: Error) => void };

  constructor(private readonly text: string) {
    this.described = new Promise((resolve, reject) => (this.settle = { resolve, reject }));
  }

  submit(connection: Connection): void {
    connection.parse({ name: '', text: this.text, types: [] }, true);
    connection.describe({ type: 'S', name: '' }, true);
    connection.sync();
  }

  handleRowDescription({ fields }: { fields: readonly FieldDef[] }): void {
    this.fields = fields;
  }

  handleError(error: Error): void {
    this.settle.reject(error);
  }

  handleReadyForQuery(): void {
    this.settle.resolve(this.fields);
  }
}

/**
 * The columns that a statement would return.
 *
 * @throws Error of PostgreSQL's when the statement does not fit the schema
 */
export function describeStatement(client: ClientBase, text: string): Promise<readonly ReturnedColumn[]> {
  return client.query(new Describe(text)).described;
}
