-- The rules about decisions are data of the policy. A version that was published before says nothing of them and goes on
-- to mean what the code did then. So the version in force, and each that is to take effect later, is published once more
-- with the rules that the service ships with. A new hub gets them with its first version.
INSERT INTO policy_version (version, policy, effective_from, made_at, reason)
SELECT (SELECT max(version) FROM policy_version) + row_number() OVER (ORDER BY effective_from, version),
  policy || '{
    "signOff": {"neededWhen": [
      "no_further_action", "red_ends_at_early_help_or_less", "danger_ends_at_early_help_or_less", "rating_lowered",
      "refusal_overridden", "level_4_without_strategy_discussion", "re_referral_within_12_months",
      "third_contact_within_12_months", "child_under_one_or_unborn"]},
    "pauseWhen": [
      "red_ends_at_early_help_or_less", "danger_ends_at_early_help_or_less", "re_referral_within_12_months",
      "third_contact_within_12_months", "child_under_one_or_unborn"],
    "contradictions": [
      {"outcome": "immediate_protection", "levels": [1, 2, 3]},
      {"outcome": "strategy_discussion", "levels": [1, 2, 3]},
      {"outcome": "child_and_family_assessment", "levels": [1]},
      {"outcome": "edge_of_care", "levels": [1, 2]},
      {"outcome": "early_help", "levels": [1, 4]},
      {"outcome": "advice_and_signposting", "levels": [4]},
      {"outcome": "returned_to_referrer", "levels": [4]},
      {"outcome": "no_further_action", "levels": [3, 4]}]
  }'::jsonb,
  greatest(effective_from, mash.now()), mash.now(),
  'A red, or a child in danger now, cannot end at early help or less without a page to read and sign-off by another person; an outcome and a level that contradict each other ask why.'
FROM policy_version v
WHERE NOT policy ? 'pauseWhen' AND NOT EXISTS (
    SELECT 1 FROM policy_version later
    WHERE later.version > v.version AND later.effective_from = v.effective_from AND later.policy ? 'pauseWhen')
  AND (effective_from > mash.now() OR version = (
  SELECT version FROM policy_version WHERE effective_from <= mash.now() ORDER BY effective_from DESC, version DESC LIMIT 1));
