import type { ConcernType, Indicator, Outcome, ThresholdLevel } from '#domain';

/** A kind of concern: the facts on which its rating depends, who sees it, how often, and how it tends to end. */
export interface Concern {
  readonly types: readonly ConcernType[];
  readonly indicators?: readonly Indicator[];
  readonly isDangerNow?: true;
  /** The kinds of agency that refer it. */
  readonly by: readonly string[];
  /** How often it comes beside the others of these agencies. */
  readonly weight: number;
  /** The youngest and the oldest age of the first child, in years; below 0 for one who is not born yet. */
  readonly ages: readonly [from: number, to: number];
  /** In the words of the sender; `{child}` is the first child. */
  readonly summary: string;
  readonly worries: string;
  /** The level that a sender gives it. */
  readonly level: ThresholdLevel;
  /** How it tends to end: outcome, level and weight. */
  readonly ends: readonly (readonly [Outcome, ThresholdLevel, number])[];
}

const PROTECTED = [['strategy_discussion', 4, 7], ['immediate_protection', 4, 1], ['child_and_family_assessment', 3, 3]] as const; // prettier-ignore
const ASSESSED = [['child_and_family_assessment', 3, 6], ['early_help', 2, 3], ['no_further_action', 2, 1.3], ['advice_and_signposting', 2, 0.8]] as const; // prettier-ignore
const HELPED = [['early_help', 2, 5], ['advice_and_signposting', 1, 2], ['no_further_action', 1, 2], ['returned_to_referrer', 2, 0.7]] as const; // prettier-ignore

/** The kinds of concern of a past, the most urgent first. */
export const CONCERNS: readonly Concern[] = [
  {
    types: ['physical_abuse'], indicators: ['unexplained_or_changing_account'], by: ['school', 'hospital', 'gp', 'health_visitor'], weight: 3, ages: [1, 13],
    summary: '{child} has a bruise in the shape of a hand. The account of it has changed twice, and does not fit.',
    worries: 'An injury that nobody can explain.', level: 4, ends: PROTECTED,
  },
  {
    types: ['domestic_abuse'], indicators: ['weapon_or_strangulation'], by: ['police'], weight: 3, ages: [0, 15],
    summary: 'Officers were called to an assault on the mother, who was held by the throat. {child} was in the next room.',
    worries: 'Violence that could have killed, with a child in the home.', level: 4, ends: PROTECTED,
  },
  {
    types: ['sexual_abuse'], indicators: ['disclosure_by_child'], by: ['school', 'police', 'hospital'], weight: 2, ages: [5, 16],
    summary: '{child} told a member of staff of being touched by an adult who visits the home, and is afraid of the weekend.',
    worries: 'A clear account by the child, and an adult who can come back.', level: 4, ends: PROTECTED,
  },
  {
    types: ['self_harm_or_suicide'], indicators: ['suicidal_intent'], by: ['hospital', 'school', 'gp'], weight: 2, ages: [11, 17],
    summary: '{child} took tablets on purpose last night, is physically well, and says that the wish to die has not gone.',
    worries: 'Another attempt, in a home that cannot keep watch.', level: 4, ends: [['child_and_family_assessment', 3, 5], ['strategy_discussion', 4, 3], ['early_help', 2, 1]],
  },
  {
    types: ['neglect'], indicators: ['young_child_left_alone'], by: ['police', 'public', 'housing'], weight: 2, ages: [1, 7],
    summary: '{child} was found alone at home in the evening. A parent came back after more than an hour.',
    worries: 'A young child without an adult, and not for the first time.', level: 4, ends: PROTECTED,
  },
  {
    types: ['child_criminal_exploitation', 'missing_from_home_or_care'], by: ['police', 'school'], weight: 2, ages: [12, 17],
    summary: '{child} came back after two nights away with money and a second telephone, and will not say where they were.',
    worries: 'Older people who use the child to carry drugs.', level: 4, ends: PROTECTED,
  },
  {
    types: ['homeless_young_person'], indicators: ['homeless_tonight'], by: ['housing', 'police', 'voluntary'], weight: 2, ages: [16, 17],
    summary: '{child} was told to leave home last night and has nowhere to sleep tonight.',
    worries: 'A night without a roof.', level: 3, ends: [['child_and_family_assessment', 3, 6], ['edge_of_care', 3, 2], ['early_help', 2, 1]],
  },
  {
    types: ['unborn_child_risk'], indicators: ['previous_child_removed'], by: ['midwifery', 'hospital'], weight: 3, ages: [-1, -1],
    summary: 'The mother booked late. An older child of hers lives with other carers by order of a court.',
    worries: 'The same worries as before the older child was removed.', level: 4, ends: PROTECTED,
  },
  {
    types: ['neglect', 'parental_substance_misuse'], isDangerNow: true, by: ['police', 'public', 'hospital'], weight: 1, ages: [0, 9],
    summary: 'The adult in charge of {child} cannot be woken, and there is nobody else in the home.',
    worries: 'A child in danger at this moment.', level: 4, ends: [['immediate_protection', 4, 3], ['strategy_discussion', 4, 3]],
  },
  {
    types: ['domestic_abuse'], by: ['police', 'housing', 'adult_social_care', 'probation'], weight: 14, ages: [0, 16],
    summary: 'A loud argument between the parents, heard by {child}. Nobody was hurt; it is the third report from this address.',
    worries: 'What the child hears at night, and that it goes on.', level: 3, ends: ASSESSED,
  },
  {
    types: ['neglect'], by: ['school', 'health_visitor', 'gp', 'voluntary', 'public', 'education_service'], weight: 9, ages: [1, 14],
    summary: '{child} comes hungry, in clothes that are not clean, and has missed two appointments with the dentist.',
    worries: 'Small things that do not get better, over months.', level: 3, ends: ASSESSED,
  },
  {
    types: ['emotional_abuse'], by: ['school', 'public', 'gp'], weight: 4, ages: [5, 16],
    summary: '{child} is shouted at and called names at the gate, and says that it is worse at home.',
    worries: 'A child who believes that it is all their own fault.', level: 3, ends: ASSESSED,
  },
  {
    types: ['parental_substance_misuse'], by: ['police', 'probation', 'adult_social_care', 'voluntary', 'hospital'], weight: 5, ages: [0, 15],
    summary: 'A parent of {child} has begun to drink again since the spring, and twice could not collect from school.',
    worries: 'Care that depends on the day.', level: 3, ends: ASSESSED,
  },
  {
    types: ['parental_mental_health'], by: ['health_visitor', 'gp', 'hospital', 'adult_social_care'], weight: 5, ages: [0, 12],
    summary: 'The mother of {child} has been low since the birth of the youngest and finds it hard to get up.',
    worries: 'A parent who is alone with it.', level: 3, ends: ASSESSED,
  },
  {
    types: ['physical_abuse'], by: ['school', 'public'], weight: 4, ages: [4, 15],
    summary: '{child} says that a parent smacks them when they are late. There is no mark to be seen today.',
    worries: 'Punishment that hurts.', level: 3, ends: ASSESSED,
  },
  {
    types: ['missing_from_home_or_care'], by: ['police'], weight: 5, ages: [11, 17],
    summary: '{child} was away overnight for the fourth time this year and is home, well, and does not want to talk about it.',
    worries: 'Where the child goes, and with whom.', level: 3, ends: ASSESSED,
  },
  {
    types: ['self_harm_or_suicide', 'child_mental_health'], by: ['school', 'hospital', 'gp'], weight: 5, ages: [11, 17],
    summary: '{child} showed a teacher cuts on one arm, says that it helps to calm down, and does not want to die.',
    worries: 'Distress that finds no other way out.', level: 3, ends: HELPED,
  },
  {
    types: ['child_on_child_abuse'], by: ['school', 'voluntary'], weight: 3, ages: [6, 16],
    summary: 'A pupil of the same year sent a picture of {child} to others. It has been shown around.',
    worries: 'Shame, and threats to show more.', level: 3, ends: ASSESSED,
  },
  {
    types: ['child_sexual_exploitation'], by: ['police', 'school'], weight: 2, ages: [12, 17],
    summary: '{child} gets messages and presents from an adult whom nobody of the family has met.',
    worries: 'A child who thinks that it is a friendship.', level: 3, ends: [['strategy_discussion', 4, 3], ['child_and_family_assessment', 3, 4]],
  },
  {
    types: ['adult_in_position_of_trust'], by: ['voluntary', 'school', 'public'], weight: 2, ages: [8, 16],
    summary: 'A coach of {child} sends private messages at night. The club has asked the coach to stay away.',
    worries: 'An adult whom other children know as well.', level: 3, ends: [['refer_to_lado', 3, 6], ['child_and_family_assessment', 3, 1]],
  },
  {
    types: ['medical_neglect'], by: ['gp', 'hospital', 'health_visitor'], weight: 3, ages: [1, 14],
    summary: '{child} was not brought to the last three appointments at the asthma clinic, and was admitted twice.',
    worries: 'An illness that could be under control.', level: 3, ends: ASSESSED,
  },
  {
    types: ['moved_from_another_authority'], by: ['other_authority'], weight: 10, ages: [0, 15],
    summary: '{child} moved here last week and has a plan of our authority, which we ask you to take over.',
    worries: 'A gap between two authorities.', level: 3, ends: [['child_and_family_assessment', 3, 4], ['strategy_discussion', 4, 2], ['to_allocated_worker', 3, 2]],
  },
  {
    types: ['private_fostering'], by: ['school', 'health_visitor', 'other_authority'], weight: 1, ages: [6, 15],
    summary: '{child} has lived with a friend of the family since the summer, and both parents are abroad.',
    worries: 'Nobody has looked at the home.', level: 3, ends: [['child_and_family_assessment', 3, 5], ['early_help', 2, 1]],
  },
  {
    types: ['school_attendance'], by: ['school', 'education_service'], weight: 9, ages: [5, 16],
    summary: 'The attendance of {child} has gone down to 74 per cent. The parents came to one meeting of three.',
    worries: 'A child who drops out step by step.', level: 2, ends: HELPED,
  },
  {
    types: ['young_carer'], by: ['school', 'voluntary', 'gp', 'adult_social_care'], weight: 3, ages: [8, 16],
    summary: '{child} cooks and shops for a parent who is ill, and no longer sees friends.',
    worries: 'Too much for these years.', level: 2, ends: HELPED,
  },
  {
    types: ['housing_or_money'], by: ['housing', 'voluntary', 'health_visitor', 'public'], weight: 8, ages: [0, 14],
    summary: 'The family of {child} is two months behind with the rent, and the heating has been off since Friday.',
    worries: 'A cold home, and the letter of the landlord.', level: 2, ends: HELPED,
  },
  {
    types: ['family_dispute'], by: ['public', 'voluntary', 'probation'], weight: 8, ages: [2, 14],
    summary: 'The parents of {child} live apart and disagree about the weekends. Each rang about the other.',
    worries: 'A child between two adults.', level: 1, ends: HELPED,
  },
  {
    types: ['early_parenting_support'], by: ['midwifery', 'health_visitor', 'hospital'], weight: 7, ages: [0, 1],
    summary: 'The parents of {child} are young, live with a grandmother, and would like help with feeding and sleep.',
    worries: 'Tired parents without money of their own.', level: 2, ends: HELPED,
  },
  {
    types: ['child_mental_health'], by: ['school', 'gp', 'hospital'], weight: 6, ages: [7, 17],
    summary: '{child} worries all day and sleeps badly. The waiting list for help is long.',
    worries: 'That it gets worse while the family waits.', level: 2, ends: HELPED,
  },
  {
    types: ['child_disability_or_illness'], by: ['gp', 'school', 'health_visitor', 'hospital'], weight: 4, ages: [1, 16],
    summary: 'The parents of {child}, who does not speak, ask for a short break: they have had no night without waking.',
    worries: 'Parents at the end of their strength.', level: 2, ends: HELPED,
  },
]; // prettier-ignore
