/** What a client does with a referral. */
export type Act = 'claim' | 'release' | 'decide';

/**
 * What a client knows of what it asked for: it was done, it was refused, or no answer came, so that it may have been done
 * and may still be.
 */
export type Result = 'ok' | 'fail' | 'unknown';

/** One request of a person. Times are of one monotonic clock. */
export interface Operation {
  readonly act: Act;
  readonly person: string;
  readonly reference: string;
  readonly invoked: number;
  /** When its answer came; of an unknown one Infinity, because it may take effect at any later time. */
  readonly ended: number;
  readonly result: Result;
}

/** One referral that an agency sent under a key, with every answer that it got to it. */
export interface Submission {
  readonly key: string;
  /** The references of the answers 201, one for each. */
  readonly references: readonly string[];
}

/** A referral as the database has it in the end. */
export interface Stored {
  readonly reference: string;
  /** The keys under which agencies sent it. */
  readonly keys: readonly string[];
  readonly holder: string | null;
  /** Who decided it, one for each decision. */
  readonly deciders: readonly string[];
  /** What the record says was done with it. */
  readonly entries: Readonly<Record<'received' | 'claimed' | 'given back' | 'decided', number>>;
}

/** Everything that clients saw. */
export class History {
  readonly operations: Operation[] = [];
  private readonly sent = new Map<string, string[]>();

  /** Notes a key before it is sent. */
  begin(key: string): void {
    this.sent.set(key, []);
  }

  accepted(key: string, reference: string): void {
    this.sent.get(key)!.push(reference);
  }

  get submissions(): readonly Submission[] {
    return [...this.sent].map(([key, references]) => ({ key, references }));
  }

  /** Does what a person asks for, and notes when it began and how it ended. @param work tells whether it was done */
  async note(operation: Pick<Operation, 'act' | 'person' | 'reference'>, work: () => Promise<Result>): Promise<Result> {
    const invoked = performance.now();
    const result = await work().catch((): Result => 'unknown');
    const ended = result === 'unknown' ? Infinity : performance.now();
    this.operations.push({ ...operation, invoked, ended, result });
    return result;
  }
}
