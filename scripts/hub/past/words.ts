import type { Outcome } from '#domain';

/** Why a person decided so, as people of a hub write it. */
export const RATIONALES: Readonly<Record<Outcome, readonly string[]>> = {
  immediate_protection: [
    'The child cannot stay there tonight; police and the emergency duty team are on their way.',
    'Nobody who can keep the child safe is in the home, and protection is needed now.',
  ],
  strategy_discussion: [
    'Reasonable cause to suspect significant harm; police and health will join today.',
    'The account does not fit the injury, and others who care for the child have not been seen.',
    'The harm is likely to go on if nobody acts; a discussion today decides who sees the child first.',
  ],
  child_and_family_assessment: [
    'The same worry has come three times, and what was offered has not changed it.',
    'The family needs more than one service, and somebody has to see the child alone.',
    'The parents agree to an assessment; the school will tell us what it sees.',
    'What we know is not enough to say that the child is safe.',
  ],
  edge_of_care: ['The family says that it cannot go on; support at home is to keep them together.'],
  early_help: [
    'Early help with the school as lead; the family agrees.',
    'A family worker can begin this week, and the parents have asked for it.',
    'No sign of harm; the need is real and others can meet it.',
  ],
  advice_and_signposting: [
    'Advice was given to both parents; there is no sign of harm.',
    'The agency arranges what is needed by itself.',
  ],
  to_allocated_worker: ['The child has a worker, who was told at once and sees the child tomorrow.'],
  transfer_to_other_authority: ['The family lives with the other authority now, which has confirmed it in writing.'],
  refer_to_lado: ['The worry is about an adult who works with children; the designated officer takes it on.'],
  returned_to_referrer: ['The family does not know of the referral, and the need is below our threshold: the school will ask first.'],
  no_further_action: [
    'Checked with school and health: nothing known, and what was seen has an explanation.',
    'The family has the help that it needs already.',
    'Below the threshold after checks; the agency will look again in four weeks.',
  ],
}; // prettier-ignore

export const WORKING_WELL = [
  'The child is in school every day and has a teacher whom they trust.',
  'A grandmother lives near and comes when she is called.',
  'The parents opened the door, listened, and agreed to checks.',
  'The health visitor knows the family well.',
];
export const NEEDS_TO_HAPPEN = [
  'Somebody sees the child alone this week.',
  'The parents get help with the things that they named themselves.',
  'School, health and we agree who speaks with the family.',
  'A plan for the weekend, written down, that the child knows.',
];
export const CHILDS_VOICE = [
  'I want it to be quiet at night.',
  'Please do not tell them that I said it.',
  'I like it at my nan’s.',
  'I do not want to talk about it today.',
];
export const WHY_CONFIRMED = [
  'Confirmed after speaking to the referrer.',
  'As suggested: nothing in our records changes it.',
  'The checks fit the suggestion.',
];
export const WHY_RAISED = [
  'Two earlier contacts in our records that the referrer does not know of.',
  'The adult named has come back to the home.',
  'The child is not in school today and cannot be reached.',
];
export const WHY_LOWERED = [
  'The child is safe with a grandparent until the checks are back.',
  'The police have seen the child, who is well.',
  'The injury is explained by the hospital.',
];
export const WHY_RETURNED = [
  'Please say whether the father was asked, and what health knows.',
  'The level does not fit what you write about the younger child.',
  'What does the child say? Please add it, or why it was not asked.',
];
export const NOTES_GIVEN_BACK = [
  'Screened: school and health have answered, police not yet.',
  'Screened: the mother rings back after two.',
  'Records read; nothing known here. Ready to be decided.',
];
export const WHY_NO_DISCUSSION = 'Police and health agreed by telephone that none is needed for an assessment.';

export const WHY_CONTRADICTORY = [
  'The level is that of the need; the family has a worker already, who takes it on.',
  'The need is met by another service from today.',
];
