export type Wrong = 'missed' | 'duplicate' | 'early' | 'lost' | 'undelivered' | 'invariant' | 'other';

/** Something that must not be. */
export interface Violation {
  readonly wrong: Wrong;
  readonly what: string;
}
