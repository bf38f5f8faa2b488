const EXCEPTIONS: Readonly<Record<string, string>> = {
  refer_to_lado: 'Refer to the LADO',
  upn: 'UPN',
  walk_in: 'A person came in',
  telephone: 'By telephone',
  nhsNumber: 'NHS number',
  gp: 'GP',
  uprn: 'UPRN',
  childsVoice: "Child's voice",
  expectedDateOfBirth: 'Expected date of birth',
  level_4_without_strategy_discussion: 'Level 4 without a strategy discussion',
  re_referral_within_12_months: 'A re-referral within 12 months',
  third_contact_within_12_months: 'A third contact within 12 months',
  child_under_one_or_unborn: 'A child under one or unborn',
  no_further_action: 'No further action',
  pace: 'How quickly it is handled',
  quality: 'How well it is handled',
  pace_and_quality: 'How quickly and how well it is handled',
  child_under_one: 'A child under one or unborn',
  suggestion_overridden: 'The suggested rating was overridden',
  decider: 'Drawn for the person who decided',
  child_centred_practice: 'Child-centred practice',
  multi_agency_working: 'Multi-agency working',
  injury_to_non_mobile_child: 'Injury to a non-mobile child',
  self_harm_or_suicide: 'Self-harm or suicide',
  faith_or_belief_abuse: 'Abuse linked to faith or belief',
  child_on_child_abuse: 'Child-on-child abuse',
  alleged_perpetrator_has_access: 'The person alleged to have caused harm has access to the child',
  first_hand: 'First-hand',
  rating_lowered: 'The rating was lowered',
  red_ends_at_early_help_or_less:
    'A red, or a referral that one manager alone lowered from red, ends at early help or less',
  danger_ends_at_early_help_or_less: 'A child is in danger now, and the referral ends at early help or less',
  refusal_overridden: "The family's refusal of agreement was overridden",
};

/** A code as people say it: `physical_abuse` is `Physical abuse`, `livesWithChild` is `Lives with child`. */
export function codeInWords(code: string): string {
  const known = EXCEPTIONS[code];
  if (known !== undefined) return known;
  const words = code
    .replaceAll('_', ' ')
    .replaceAll(/([a-z])([A-Z0-9])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The DfE children in need census's codes in words. */
export const SEX_WORDS: Readonly<Record<string, string>> = { F: 'Female', M: 'Male', U: 'Not known' };

export const ETHNICITY_WORDS: Readonly<Record<string, string>> = {
  WBRI: 'White British',
  WIRI: 'White Irish',
  WIRT: 'Traveller of Irish heritage',
  WROM: 'Gypsy or Roma',
  WOTH: 'Any other White background',
  MWBC: 'White and Black Caribbean',
  MWBA: 'White and Black African',
  MWAS: 'White and Asian',
  MOTH: 'Any other mixed background',
  AIND: 'Indian',
  APKN: 'Pakistani',
  ABAN: 'Bangladeshi',
  AOTH: 'Any other Asian background',
  BCRB: 'Black Caribbean',
  BAFR: 'Black African',
  BOTH: 'Any other Black background',
  CHNE: 'Chinese',
  OOTH: 'Any other ethnic group',
  REFU: 'Refused',
  NOBT: 'Not yet obtained',
};

export const DISABILITY_WORDS: Readonly<Record<string, string>> = {
  NONE: 'None',
  MOB: 'Mobility',
  HAND: 'Hand function',
  PC: 'Personal care',
  INC: 'Incontinence',
  COMM: 'Communication',
  LD: 'Learning',
  HEAR: 'Hearing',
  VIS: 'Vision',
  BEH: 'Behaviour',
  CON: 'Consciousness',
  AUT: 'Autism or Asperger syndrome',
  DDA: 'Another disability',
};
