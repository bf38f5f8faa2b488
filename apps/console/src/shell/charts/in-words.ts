import type { Noun } from './chart.ts';

/** Such as `1,234`. */
export const counted = (count: number) => COUNTS.format(count);

/** Made once: to make one takes longer than to draw a chart. */
const COUNTS = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** Such as `1 referral`, `1,234 referrals`. */
export const ofNoun = (count: number, noun: Noun) => `${counted(count)} ${count === 1 ? noun.one : noun.many}`;

/** A share in percent with one decimal: only all is 100%, and only none is 0%. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return 'under 0.1%';
  if (share < 1 && share >= 0.9995) return 'over 99.9%';
  return `${(share * 100).toFixed(1).replace('.0', '')}%`;
}

/** Such as `81 of 94 referrals (86.2%)`. */
export function shareOf(numerator: number, denominator: number, unit: Noun): string {
  return `${counted(numerator)} of ${ofNoun(denominator, unit)} (${percent(numerator / denominator)})`;
}

/** Such as `red, amber and green`. */
export function listed(words: readonly string[]): string {
  const { length } = words;
  return length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[length - 1]!}`;
}

/** At the beginning of a sentence. */
export const capital = (words: string) => words.charAt(0).toLocaleUpperCase('en-GB') + words.slice(1);

/** How long a day of a clock is: that of working time has fewer minutes than one that runs through the night. */
export interface ClockDay {
  readonly minutes: number;
  readonly noun: Noun;
}

/** Such as `36 min`, `2 h 10`, `1 working day`, `3 days 4 h`. */
export function lasting(minutes: number, day: ClockDay): string {
  const whole = Math.round(minutes);
  const days = Math.floor(whole / day.minutes);
  const hours = Math.floor((whole % day.minutes) / 60);
  const rest = (whole % day.minutes) % 60;
  if (days > 0) return [ofNoun(days, day.noun), ...(hours > 0 ? [`${hours} h`] : [])].join(' ');
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest}`;
}
