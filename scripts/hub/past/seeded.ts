/**
 * Numbers that look random and are the same for the same seed (sfc32 by Chris Doty-Humphrey), so that a past can be made
 * again. Not for secrets.
 */
export class Seeded {
  private a = 0x9e3779b9;
  private b = 0x243f6a88;
  private c = 0xb7e15162;
  private counter: number;

  constructor(seed: number) {
    this.counter = seed >>> 0;
    for (let warm = 0; warm < 15; warm++) this.bits();
  }

  /** 32 bits, as a whole number of 0 or more. */
  bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number from 0 up to 1, which is not reached. */
  share(): number {
    return this.bits() / 4_294_967_296;
  }

  /** Whether something happens that happens in this share of cases. */
  happens(share: number): boolean {
    return this.share() < share;
  }

  /** A whole number from the first up to the second, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.share() * (to - from + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.share() * list.length)]!;
  }

  /** One of a list, each as often as its weight says. */
  weighted<T>(list: readonly T[], weight: (one: T) => number): T {
    let left = this.share() * list.reduce((sum, one) => sum + weight(one), 0);
    return list.find((one) => (left -= weight(one)) < 0) ?? list.at(-1)!;
  }

  /**
   * A length of time as they are at work: most near the median, a few far longer (a log-normal distribution).
   *
   * @param spread the standard deviation of the logarithm: 0.5 makes one in ten nearly twice the median
   */
  duration(median: number, spread: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.share())) * Math.cos(2 * Math.PI * this.share());
    return median * Math.exp(spread * normal);
  }

  /** How many come in a time in which so many come on average, each on its own account (a Poisson distribution). */
  count(mean: number): number {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.share(); product > limit; product *= this.share()) count++;
    return count;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.bits() & 0xff);
  }
}
