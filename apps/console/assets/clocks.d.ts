import type { KeptClock } from '../src/layout/words.ts';

/** @param now in milliseconds */
export function clockInWords(kept: KeptClock, now: number): { readonly state: string; readonly sentence: string };
export function keepClocks(): void;
