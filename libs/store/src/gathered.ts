/** How the asking of one ended. */
export type Outcome<A> = PromiseSettledResult<A>;

interface Asked<Q, A> {
  readonly one: Q;
  readonly settle: (outcome: Outcome<A>) => void;
}

/**
 * Has work done for several that ask at the same time. One that comes while nothing is under way does not wait; those
 * that come meanwhile are done together, as soon as there is room. No timer holds anything back.
 */
export class Gathered<Q, A> {
  private waiting: Asked<Q, A>[] = [];
  private underWay = 0;
  private isToBegin = false;

  /**
   * @param work does it for several at once, with an outcome for each, in their order; when it throws, all of them fail
   * @param most how many it does at once
   * @param atOnce how many times it runs at the same time
   */
  constructor(
    private readonly work: (all: readonly Q[]) => Promise<readonly Outcome<A>[]>,
    private readonly most: number,
    private readonly atOnce: number,
  ) {}

  ask(one: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Outcome<A>) =>
        outcome.status === 'fulfilled' ? resolve(outcome.value) : reject(outcome.reason as Error);
      this.waiting.push({ one, settle });
      this.begin();
    });
  }

  /** Those that the process reads from its sockets in one turn are done together. */
  private begin(): void {
    if (this.isToBegin || this.underWay === this.atOnce || this.waiting.length === 0) return;
    this.isToBegin = true;
    setImmediate(() => {
      this.isToBegin = false;
      void this.doFor(this.waiting.splice(0, this.most));
      this.begin();
    });
  }

  private async doFor(batch: readonly Asked<Q, A>[]): Promise<void> {
    this.underWay++;
    try {
      const outcomes = await this.work(batch.map(({ one }) => one));
      batch.forEach(({ settle }, index) => settle(outcomes[index]!));
    } catch (reason) {
      for (const { settle } of batch) settle({ status: 'rejected', reason });
    }
    this.underWay--;
    this.begin();
  }
}

/** The outcome of each of several that all went well. */
export function allDone<A>(values: readonly A[]): readonly Outcome<A>[] {
  return values.map((value) => ({ status: 'fulfilled', value }));
}

/**
 * Does something for several in one go, and finds out which of them it fails for: a half at a time, and at last one.
 * Those of which it does not fail are done.
 *
 * @param isOfOne whether a failure may be that of one of them; otherwise it is that of all, and is not tried again
 */
export async function togetherOrApart<Q, A>(
  all: readonly Q[],
  together: (some: readonly Q[]) => Promise<readonly A[]>,
  isOfOne: (reason: unknown) => boolean,
): Promise<readonly Outcome<A>[]> {
  try {
    return allDone(await together(all));
  } catch (reason) {
    if (all.length === 1 || !isOfOne(reason)) return all.map(() => ({ status: 'rejected', reason }));
  }
  const half = Math.ceil(all.length / 2);
  const outcomes: Outcome<A>[] = [];
  for (const part of [all.slice(0, half), all.slice(half)]) {
    outcomes.push(...(await togetherOrApart(part, together, isOfOne)));
  }
  return outcomes;
}
