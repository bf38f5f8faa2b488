import type { FreshDatabase } from '../fresh-database.ts';
import { percentiles, percentilesInWords, print, whole } from '../in-words.ts';
import { closeEveryDay, closeOneBusyDay } from './closing.ts';
import { manyDecided, type Size } from './many-decided.ts';
import { signIn } from './signed-in.ts';

const ROUNDS = 200;
const SMALL = { decided: 20_000, open: 50, copies: 1 };
const LARGE = { decided: 2_000_000, open: 5_000, copies: 40 };
const PAGES = ['/oversight', '/oversight/promptness'] as const;
type Page = (typeof PAGES)[number];

/** The pages of managers over ten years of a small hub, and of one far larger than any. */
export async function benchOversight(fresh: (name: string) => Promise<FreshDatabase>): Promise<void> {
  const small = await measure(await fresh('oversight_small'), SMALL);
  const large = await measure(await fresh('oversight_large'), LARGE);
  for (const page of PAGES) {
    const [few, many] = [percentiles(small[page]), percentiles(large[page])];
    const ratio = (many.p50 / few.p50).toFixed(1);
    print(`${page}: ${percentilesInWords(many)}; small: ${percentilesInWords(few)}; ratio of the medians ${ratio}`);
  }
}

/** Milliseconds that each page took, over so many rounds. */
async function measure(hub: FreshDatabase, { copies, ...size }: Size & { readonly copies: number }) {
  const begun = performance.now();
  const { decided, open } = await manyDecided(hub, size, copies);
  const minutes = (performance.now() - begun) / 60_000;
  print(
    `${whole(decided)} decided and ${whole(open)} open referrals of ten years, made in ${minutes.toFixed(1)} minutes`,
  );
  print(await closeEveryDay(hub));
  const head = await signIn(hub.url, { subject: 'head.a', name: 'Head A', role: 'head_of_service' });
  const times = {} as Record<Page, number[]>;
  for (const page of PAGES) {
    for (let warm = 0; warm < 10; warm++) await head.read(page);
    times[page] = [];
    for (let round = 0; round < ROUNDS; round++) times[page].push(await head.read(page));
  }
  await head.close();
  print(await closeOneBusyDay(hub));
  await hub.close();
  return times;
}
