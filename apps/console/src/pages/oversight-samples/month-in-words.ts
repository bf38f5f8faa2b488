/** Such as `October 2026`. @param month `2026-10` */
export function monthInWords(month: string): string {
  return Temporal.PlainDate.from(`${month}-01`).toLocaleString('en-GB', { month: 'long', year: 'numeric' });
}
