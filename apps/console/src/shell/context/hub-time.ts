/** The time zone in which the hub's people read times. */
export class HubTime {
  constructor(readonly zone: string) {}
}
