/** The steps of a drill, each with its time. */
export class Stopwatch {
  private readonly steps: { readonly name: string; readonly ms: number; readonly ofRestore: boolean }[] = [];

  constructor(private readonly say: (line: string) => void) {}

  /** Does a step, and says how long it took. @param ofRestore whether a hub that has lost its database waits for it */
  async step<T>(name: string, work: () => Promise<T> | T, ofRestore = false): Promise<T> {
    const begun = performance.now();
    const done = await work();
    const ms = performance.now() - begun;
    this.steps.push({ name, ms, ofRestore });
    this.say(`${inSeconds(ms)}  ${name}`);
    return done;
  }

  /** Says all steps together, and those for which the hub waits. */
  sum(): void {
    const total = (steps: typeof this.steps) => inSeconds(steps.reduce((all, { ms }) => all + ms, 0));
    this.say(`${total(this.steps)}  the whole drill`);
    this.say(`${total(this.steps.filter(({ ofRestore }) => ofRestore))}  from the loss to the hub at work again (RTO)`);
  }
}

const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`.padStart(8);
