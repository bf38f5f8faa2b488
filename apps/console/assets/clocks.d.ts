import type { ShortClock } from '../src/shell/words/short-clock.ts';
import type { KeptClock } from '../src/shell/words/words.ts';

/** @param now in milliseconds */
export function clockInWords(kept: KeptClock, now: number): { readonly state: string; readonly sentence: string };
export function shortClockInWords(kept: KeptClock, now: number): ShortClock;
export function keepClocks(): void;
