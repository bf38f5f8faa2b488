import { sql, type Transaction } from '#store';

/** Keeps in memory what only a close changes. The first question after the next close forgets it. */
export class UntilNextClose<T> {
  private close: string | null = null;
  private readonly found = new Map<string, T>();

  /**
   * @param key names what is asked for
   * @param read gives it from the database; it is called once a close
   */
  async of(tx: Transaction, key: string, read: () => Promise<T>): Promise<T> {
    // Each close makes one reckoning, in its own transaction.
    const latest = await tx.row<{ id: string }>(sql`SELECT id FROM recomputation ORDER BY at DESC, id DESC LIMIT 1`);
    if (latest === null) return read();
    if (latest.id !== this.close) {
      this.close = latest.id;
      this.found.clear();
    }
    const known = this.found.get(key);
    if (known !== undefined) return known;
    const value = await read();
    if (this.close === latest.id) this.found.set(key, value);
    return value;
  }
}
