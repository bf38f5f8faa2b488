import { MOST_COUNTED } from '#alerts';

/** Of very many a person needs no number: `7`, `99+`. Every page and the navigation say it alike. */
export function countInWords(count: number): string {
  return count < MOST_COUNTED ? String(count) : `${MOST_COUNTED - 1}+`;
}

/** Such as `No alert waits for you`, `One alert waits for you`, `99+ alerts wait for you`. */
export function alertsForYouInWords(count: number): string {
  if (count === 0) return 'No alert waits for you';
  return count === 1 ? 'One alert waits for you' : `${countInWords(count)} alerts wait for you`;
}
