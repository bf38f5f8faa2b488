/** The store of files gives no answer, or says that it cannot now. It may the next time, and nothing is lost meanwhile. */
export class ObjectsAway extends Error {
  /** @param how as the log says it; no address, no key */
  constructor(how: string) {
    super(`the store of files ${how}`);
    this.name = 'ObjectsAway';
  }
}

/** The store of files refuses what we ask: its bucket is not there, or our key is not good for it. A person has to look. */
export class ObjectsRefuse extends ObjectsAway {
  constructor(readonly status: number) {
    super(`refuses with ${status}`);
    this.name = 'ObjectsRefuse';
  }
}
