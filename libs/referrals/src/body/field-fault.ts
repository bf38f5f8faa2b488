/** One faulty field: where it is, what is wrong, and never what it held. */
export interface FieldFault {
  /** RFC 6901 pointer into the body; empty for the body itself. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  /** For a developer, as the end of the detail: the kind of JSON that was sent, or the name that was probably meant. */
  readonly more?: string;
}

/** A referral cannot be accepted as it is. Everything that is wrong with it, one fault a pointer. */
export class InvalidReferral extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid-referral');
    this.name = 'InvalidReferral';
  }
}

export function unknownProperty(pointer: string, more = ''): FieldFault {
  return { pointer, code: 'unknown_property', detail: 'Is not a property that we know', ...(more && { more }) };
}

/**
 * A name as a part of a pointer (RFC 6901). It is shown as well-formed text of at most 100
 * characters: what cannot be seen, or changes how the rest reads, is a replacement character.
 */
export function escapePointer(name: string): string {
  const shown = [...name.slice(0, 200)].slice(0, 100).join('').toWellFormed();
  return shown
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1');
}
