/** The time zone in which the people of the hub read times. */
export class HubTime {
  constructor(readonly zone: string) {}
}
