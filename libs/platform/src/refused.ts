/** Why a use case did not do what it was asked. Not a bug: an answer that a person or an agency can act on. */
export type RefusalCode =
  | 'not-found'
  | 'already-claimed'
  | 'held-by-someone-else'
  | 'not-held-by-you'
  | 'cannot-hold-referrals'
  | 'name-taken'
  | 'changed-meanwhile'
  | 'typed-in-another-window'
  | 'already-decided'
  | 'too-late-to-undo'
  | 'nothing-to-sign-off'
  | 'decider-cannot-sign-off'
  | 'lowering-needs-a-manager'
  | 'last-resort-needs-somebody'
  | 'takes-effect-in-the-past'
  | 'handover-already-accepted'
  | 'handover-is-for-others'
  | 'form-sent-before'
  | 'idempotency-key-in-use'
  | 'idempotency-key-reused';

/** Thrown by use cases; each app turns it into its own kind of answer. Carries no personal data. */
export class Refused extends Error {
  constructor(readonly code: RefusalCode) {
    super(code);
    this.name = 'Refused';
  }
}
