/** What becomes of a row of a table. */
export interface ImportedRow<T> {
  /** The line of the table in which it begins. */
  readonly line: number;
  readonly name: string;
  /** What is added; null where it is there already, or the row has faults. */
  readonly adds: T | null;
  readonly isThere: boolean;
  /** In words; empty where the row can be brought in. */
  readonly faults: readonly string[];
}
