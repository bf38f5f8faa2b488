/** One faulty field: where it is, what is wrong, and never what it held. */
export interface FieldFault {
  /** RFC 6901 pointer into the referral; empty for the referral itself. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A referral cannot be accepted as it is. Everything that is wrong with it, one fault a pointer. */
export class InvalidReferral extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid-referral');
    this.name = 'InvalidReferral';
  }
}

export function unknownProperty(pointer: string): FieldFault {
  return { pointer, code: 'unknown_property', detail: 'Is not a property of a referral' };
}

/** RFC 6901; whatever else a name holds, it is shown as well-formed text of bounded length. */
export function escapePointer(name: string): string {
  return name.toWellFormed().slice(0, 100).replaceAll('~', '~0').replaceAll('/', '~1');
}
