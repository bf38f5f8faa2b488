/** A day by the hub's clock. */
export interface LocalDay {
  readonly today: Temporal.PlainDate;
  readonly timeZone: string;
}
