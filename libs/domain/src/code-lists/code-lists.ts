import { ADDITION_WORDS, INFORMATION_KINDS } from './addition-kinds.ts';
import { codeInWords, DISABILITY_WORDS, ETHNICITY_WORDS, SEX_WORDS } from './code-words.ts';
import { CONCERN_TYPES, INDICATORS } from './concern-types.ts';
import { ANSWER_KINDS, ANSWER_WORDS, HANDLING_WORDS, HANDLINGS } from './information-requests.ts';
import {
  AGREEMENT_EVIDENCE,
  AGREEMENT_STATUSES,
  DISABILITIES,
  ETHNICITIES,
  NOT_INFORMED_REASONS,
  SEXES,
  SOURCES,
  YES_NO,
  YES_NO_UNKNOWN,
} from './submitted-codes.ts';

/** A list of codes that agencies send, under the name by which they ask for it. */
export interface CodeList {
  readonly title: string;
  /** Each code with what it is called, in the order in which people look for them. */
  readonly codes: readonly { readonly code: string; readonly words: string }[];
}

function listOf(title: string, codes: readonly string[], words: Readonly<Record<string, string>> = {}): CodeList {
  return { title, codes: codes.map((code) => ({ code, words: words[code] ?? codeInWords(code) })) };
}

/** Every list of codes of what agencies send. */
export const CODE_LISTS: Readonly<Record<string, CodeList>> = {
  'concern-types': listOf('What a concern is about', CONCERN_TYPES),
  indicators: listOf('Facts that may make a concern more urgent', INDICATORS),
  sources: listOf('How the referrer knows of the concern', SOURCES),
  sexes: listOf('Sex', SEXES, SEX_WORDS),
  ethnicities: listOf('Ethnicity, by the children in need census', ETHNICITIES, ETHNICITY_WORDS),
  disabilities: listOf('Disabilities, by the children in need census', DISABILITIES, DISABILITY_WORDS),
  'yes-no': listOf('Yes or no', YES_NO),
  'yes-no-unknown': listOf('Yes, no or not known', YES_NO_UNKNOWN),
  'not-informed-reasons': listOf('Why the parents do not know of the referral', NOT_INFORMED_REASONS),
  'agreement-statuses': listOf('Whether the family agrees to work with services', AGREEMENT_STATUSES),
  'agreement-evidence': listOf('How the family agreed', AGREEMENT_EVIDENCE),
  'answer-kinds': listOf('Whether anything is known, in an answer to the hub', ANSWER_KINDS, ANSWER_WORDS),
  handlings: listOf('How far an answer to the hub may go', HANDLINGS, HANDLING_WORDS),
  'information-kinds': listOf('What is added to a referral', INFORMATION_KINDS, ADDITION_WORDS),
};
