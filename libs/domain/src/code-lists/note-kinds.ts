/** What a person notes on a referral: a note, or how a call or a visit went. */
export const NOTE_KINDS = ['note', 'spoken', 'left_message', 'no_answer'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** The kinds that are about a person whom the hub tried to reach. */
export const isOfCall = (kind: NoteKind): boolean => kind !== 'note';
