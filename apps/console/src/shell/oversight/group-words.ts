import { REFERRAL_SOURCE_WORDS } from '#domain';
import { codeInWords } from '../words/words.ts';

/** Groups whose code says less than their words. */
const WORDS: Readonly<Record<string, string>> = {
  not_recorded: 'Not recorded',
  under_1: 'Under 1',
  '1_to_4': '1 to 4',
  '5_to_9': '5 to 9',
  '10_to_15': '10 to 15',
  '16_and_over': '16 and over',
  yes: 'Disabled',
  no: 'Not disabled',
  api: 'Sent by the agency',
  agency_form: 'Sent by the agency’s form',
  walk_in: 'In person',
};

/** The name of a group as a page writes it. @param by the breakdown that it belongs to */
export function groupInWords(by: string, { group, label }: { readonly group: string; readonly label: string }): string {
  if (label !== group) return label;
  if (by === 'source' && group !== 'not_recorded') {
    return REFERRAL_SOURCE_WORDS[group as keyof typeof REFERRAL_SOURCE_WORDS] ?? group;
  }
  if (by === 'level') return `Level ${group}`;
  return WORDS[group] ?? codeInWords(group);
}
