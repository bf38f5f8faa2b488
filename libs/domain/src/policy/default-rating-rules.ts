import type { RatingRule } from '../rating/rating-rule.ts';

/**
 * The rating rules that the service ships with (policy key `ratingRules`). An authority changes them by a new version.
 */
export const DEFAULT_RATING_RULES: readonly RatingRule[] = [
  { id: 'R01', rating: 'red', when: { immediateDanger: true }, because: 'The sender says a child is in danger now' },
  {
    id: 'R02',
    rating: 'red',
    when: { anyIndicator: ['injury_to_non_mobile_child'] },
    because: 'Injury to a child who is not yet mobile',
  },
  {
    id: 'R03',
    rating: 'red',
    when: { all: [{ anyType: ['physical_abuse'] }, { anyIndicator: ['unexplained_or_changing_account'] }] },
    because: 'An injury whose account is missing or changes',
  },
  {
    id: 'R04',
    rating: 'red',
    when: { all: [{ anyType: ['physical_abuse'] }, { childUnderOne: true }] },
    because: 'Suspected physical harm to a child under one',
  },
  {
    id: 'R05',
    rating: 'red',
    when: {
      all: [
        { anyType: ['sexual_abuse', 'child_sexual_exploitation'] },
        { anyIndicator: ['disclosure_by_child', 'alleged_perpetrator_has_access'] },
      ],
    },
    because: 'Sexual harm with a disclosure, or with continuing access',
  },
  {
    id: 'R06',
    rating: 'red',
    when: { anyIndicator: ['police_protection_used'] },
    because: 'Police protection has been used',
  },
  {
    id: 'R07',
    rating: 'red',
    when: { all: [{ anyType: ['domestic_abuse'] }, { anyIndicator: ['weapon_or_strangulation'] }] },
    because: 'High-risk domestic abuse',
  },
  {
    id: 'R08',
    rating: 'red',
    when: {
      all: [{ anyType: ['unborn_child_risk'] }, { anyIndicator: ['previous_child_removed', 'birth_imminent'] }],
    },
    because: 'Unborn child at high risk',
  },
  {
    id: 'R09',
    rating: 'red',
    when: {
      all: [
        { anyType: ['female_genital_mutilation', 'forced_marriage_or_honour_based_abuse'] },
        { anyIndicator: ['travel_imminent'] },
      ],
    },
    because: 'Harm that travel would put beyond reach',
  },
  {
    id: 'R10',
    rating: 'red',
    when: {
      all: [{ anyType: ['forced_marriage_or_honour_based_abuse'] }, { anyIndicator: ['disclosure_by_child'] }],
    },
    because: 'The child has said that they fear honour-based harm',
  },
  { id: 'R11', rating: 'red', when: { anyIndicator: ['suicidal_intent'] }, because: 'Suicidal intent' },
  {
    id: 'R12',
    rating: 'red',
    when: { anyIndicator: ['homeless_tonight'] },
    because: 'Nowhere safe to sleep tonight',
  },
  {
    id: 'R13',
    rating: 'red',
    when: { anyIndicator: ['life_threatening_medical_need'] },
    because: 'A medical need that endangers life is not being met',
  },
  {
    id: 'R14',
    rating: 'red',
    when: {
      all: [
        { anyIndicator: ['missing_now'] },
        {
          anyType: [
            'child_sexual_exploitation',
            'child_criminal_exploitation',
            'serious_violence_or_gangs',
            'trafficking_or_modern_slavery',
          ],
        },
      ],
    },
    because: 'Missing now and exploited',
  },
  {
    id: 'R15',
    rating: 'red',
    when: { anyIndicator: ['young_child_left_alone', 'child_locked_in_or_restrained'] },
    because: 'A child alone or confined',
  },
  {
    id: 'R16',
    rating: 'red',
    when: { anyType: ['fabricated_illness'] },
    because: 'Suspected fabricated or induced illness',
  },
  {
    id: 'R17',
    rating: 'red',
    when: {
      any: [
        { anyType: ['trafficking_or_modern_slavery'] },
        { all: [{ anyType: ['child_criminal_exploitation'] }, { anyType: ['missing_from_home_or_care'] }] },
      ],
    },
    because: 'Exploitation away from home',
  },
  {
    id: 'A01',
    rating: 'amber',
    when: {
      anyType: [
        'physical_abuse',
        'sexual_abuse',
        'emotional_abuse',
        'neglect',
        'medical_neglect',
        'domestic_abuse',
        'child_sexual_exploitation',
        'child_criminal_exploitation',
        'serious_violence_or_gangs',
        'female_genital_mutilation',
        'forced_marriage_or_honour_based_abuse',
        'faith_or_belief_abuse',
        'radicalisation',
        'child_on_child_abuse',
        'adult_in_position_of_trust',
        'unborn_child_risk',
        'missing_from_home_or_care',
        'self_harm_or_suicide',
        'parental_mental_health',
        'parental_substance_misuse',
        'parental_learning_disability',
        'homeless_young_person',
        'unaccompanied_asylum_seeking_child',
        'private_fostering',
        'moved_from_another_authority',
      ],
    },
    because: 'A concern that may need a statutory or specialist service',
  },
  {
    id: 'G01',
    rating: 'green',
    when: {
      everyTypeIn: [
        'child_mental_health',
        'child_substance_misuse',
        'young_carer',
        'child_disability_or_illness',
        'school_attendance',
        'housing_or_money',
        'family_dispute',
        'early_parenting_support',
      ],
    },
    because: 'A need for early help, with no sign of harm',
  },
];
