/** What is known of how old a child is, as submitted. */
export interface KnownOfAge {
  readonly dateOfBirth?: string | null;
  readonly expectedDateOfBirth?: string | null;
  readonly estimatedAge?: number | null;
}

/**
 * Such as `3 weeks`, `7 months`, `14`, `about 6`, `under 1` or `unborn`: in weeks and months while these say more than years.
 *
 * @param today a local date
 * @returns null when nothing is known
 */
export function ageInWords(child: KnownOfAge, today: Temporal.PlainDate): string | null {
  const { dateOfBirth, expectedDateOfBirth, estimatedAge } = child;
  if (typeof dateOfBirth === 'string') {
    const born = Temporal.PlainDate.from(dateOfBirth);
    const { years, months } = born.until(today, { largestUnit: 'years' });
    if (years >= 2) return String(years);
    if (years === 1 || months >= 3) return counted(years * 12 + months, 'month');
    const { weeks, days } = born.until(today, { largestUnit: 'weeks' });
    return weeks > 0 ? counted(weeks, 'week') : counted(days, 'day');
  }
  if (typeof expectedDateOfBirth === 'string') return 'unborn';
  if (typeof estimatedAge !== 'number') return null;
  return estimatedAge === 0 ? 'under 1' : `about ${estimatedAge}`;
}

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
