/** What an agency adds to a referral of its own after it was sent. */
export const ADDITION_KINDS = ['information', 'correction', 'withdrawal'] as const;
export type AdditionKind = (typeof ADDITION_KINDS)[number];

/** The same with a file, which is sent in parts. */
export type AddedKind = AdditionKind | 'attachment';

/** Those that tell the hub something, as opposed to asking it to leave the referral. */
export const INFORMATION_KINDS = ['information', 'correction'] as const;

export const ADDITION_WORDS: Readonly<Record<AdditionKind, string>> = {
  information: 'Something new, or something that was left out',
  correction: 'Something that was sent is wrong',
  withdrawal: 'The agency withdraws the referral',
};
