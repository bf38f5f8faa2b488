/** What a client of an agency may ask for: an access token names those that it has. */
export const SCOPES = ['referrals:submit', 'referrals:read-own', 'information:answer', 'webhooks:manage'] as const;
/** One code of {@link SCOPES}. */
export type Scope = (typeof SCOPES)[number];

/** What each scope lets a client do, in words for the people of the hub. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  'referrals:submit': 'Send referrals',
  'referrals:read-own': 'Ask how its own referrals stand',
  'information:answer': 'Read and answer what the hub asks',
  'webhooks:manage': 'Say where it is told of what happened',
};
