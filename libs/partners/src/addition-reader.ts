import type { AdditionKind } from '#domain';
import { oneAPointer, readFields, type FieldFault } from '#referrals';
import { AddInformationBody, WithdrawReferralBody } from './addition.body.ts';
import { fieldAt, type FieldPlace } from './field-at.ts';

/** What an agency adds to a referral of its own. */
export interface Addition {
  readonly kind: AdditionKind;
  readonly words: string;
  readonly saidBy: string;
  /** Of a correction: which field, and what is right there. */
  readonly correction: { readonly pointer: string; readonly value: string } | null;
}

/** An addition cannot be accepted as it is. Everything that is wrong with it, one fault a pointer. */
export class InvalidAddition extends Error {
  constructor(readonly faults: readonly FieldFault[]) {
    super('invalid-addition');
    this.name = 'InvalidAddition';
  }
}

/** @throws InvalidAddition with a pointer for every faulty field */
export function readInformation(sent: unknown): Addition {
  const { body, faults } = readFields(AddInformationBody, sent);
  if (body === null) throw new InvalidAddition(faults);
  const all = [...faults, ...kindFaults(body)];
  if (all.length > 0) throw new InvalidAddition(oneAPointer(all));
  const { kind, words = '', saidBy, pointer, value } = body;
  return { kind, words, saidBy, correction: kind === 'correction' ? { pointer: pointer!, value: value! } : null };
}

/** @throws InvalidAddition with a pointer for every faulty field */
export function readWithdrawal(sent: unknown): Addition {
  const { body, faults } = readFields(WithdrawReferralBody, sent);
  if (body === null || faults.length > 0) throw new InvalidAddition(faults);
  return { kind: 'withdrawal', words: body.reason, saidBy: body.saidBy, correction: null };
}

export const NO_SUCH_FIELD: FieldFault = {
  pointer: '/pointer',
  code: 'no_such_field',
  detail: 'Must name one field of the referral, such as /children/0/dateOfBirth, and a child or an adult that you sent',
};

function kindFaults({ kind, words, pointer, value }: AddInformationBody): readonly FieldFault[] {
  if (kind === 'information') {
    return [
      ...(words === undefined ? [required('/words', 'information')] : []),
      ...(pointer === undefined ? [] : [notWith('/pointer')]),
      ...(value === undefined ? [] : [notWith('/value')]),
    ];
  }
  if ((kind as unknown) !== 'correction') return [];
  return [
    ...(pointer === undefined ? [required('/pointer', 'correction')] : []),
    ...(value === undefined ? [required('/value', 'correction')] : []),
    ...(typeof pointer === 'string' && fieldAt(pointer) === null ? [NO_SUCH_FIELD] : []),
  ];
}

const required = (pointer: string, kind: string): FieldFault => ({
  ...{ pointer, code: 'required', detail: `Is required when kind is '${kind}'` },
});
const notWith = (pointer: string): FieldFault => ({
  ...{ pointer, code: 'contradiction', detail: "Is of a correction: set kind to 'correction', or leave it out" },
});

/** Where a correction points, once it has been read. */
export const placeOf = ({ correction }: Addition): FieldPlace['within'] =>
  correction === null ? null : fieldAt(correction.pointer)!.within;
