import { stagedBy, stageOf } from '../telephone/capture.ts';
import type { FieldGroup, ReferralField } from '../telephone/referral-fields.ts';
import type { Asked } from '../telephone/telephone.presenter.ts';

type Words = Partial<Pick<ReferralField, 'label' | 'hint'>>;

/** What the form of a call asks of a caller, as it is asked of a person of an agency, by the field's place. */
const WORDS: Readonly<Record<string, Words>> = {
  '/immediateDanger': { hint: 'If so, dial 999 before you go on' },
  '/referrer/name': { label: 'Name of the referrer', hint: 'The person whom the hub rings back' },
  '/referrer/role': { label: 'Role of the referrer', hint: 'Such as designated safeguarding lead' },
  '/referrer/phone': { label: 'Telephone of the referrer', hint: 'Where the hub reaches the referrer today' },
  '/referrer/email': { hint: 'The hub writes there that the referral came, and that there is an answer' },
  '/concern/summary': {
    hint: 'What was seen, heard or said, when, and by whom. At least 20 characters. Say what is fact and what you think',
  },
  '/concern/source': { label: 'How do you know?' },
  '/signsOfSafety/worries': { label: 'What are you worried about?' },
  '/senderReference': { label: 'Your own reference' },
  '/reportedAt': { label: 'When did you record it?' },
  '/thresholdLevel': { label: 'Which level of need do you think it is, 1 to 4?' },
};
const TITLES: Readonly<Record<string, string>> = { '/referrer': 'Who refers' };
/** Asked at once, beside what is asked in a call before it can be received. */
const AT_ONCE: readonly string[] = ['/referrer/email', '/childsVoice/sought', '/childsVoice/words'];

/** A group of the form as a person of an agency is asked it. */
export const askedOfAgency: Asked = (group) => ({
  ...group,
  title: TITLES[group.at] ?? group.title,
  fields: group.fields.map((field) => ({ ...field, ...WORDS[`${group.at}/${field.name}`] })),
});

/** What is asked at once, and what may be folded away, in the order of the form. Each field is in one of them. */
export const [NEEDED, REST] = (['needed', 'rest'] as const).map((stage) =>
  stagedBy<'needed' | 'rest'>((group, name) => whenAsked(group, name), stage),
) as [ReturnType<typeof stagedBy>, ReturnType<typeof stagedBy>];

function whenAsked(group: FieldGroup, name: string): 'needed' | 'rest' {
  const isRest = stageOf(group, name) === 'rest' && !AT_ONCE.includes(`${group.at}/${name}`);
  return isRest ? 'rest' : 'needed';
}
