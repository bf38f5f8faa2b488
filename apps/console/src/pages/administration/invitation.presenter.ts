import { INVITATION_DAYS, SANDBOX_LINK_DAYS, SCOPE_WORDS, SCOPES, type AgencyLine, type InvitationLine } from '#access';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import type { Sent } from './administration.presenter.ts';

/** What was just made, in the words that are shown once; null where they were shown before. */
export interface Made {
  readonly what: 'invitation' | 'link';
  readonly words: string | null;
}

/** @param made null where nothing was made now */
export function presentInvitations(
  { id, name }: AgencyLine,
  open: readonly InvitationLine[],
  { typed, errors }: Sent,
  made: Made | null,
  { now, zone, hasSandbox }: { readonly now: Temporal.Instant; readonly zone: string; readonly hasSandbox: boolean },
) {
  const { scopes = [] } = typed as { readonly scopes?: readonly string[] };
  return {
    ...{ name, agencyAt: `/administration/agencies/${id}`, at: `/administration/agencies/${id}/invitations` },
    made,
    ...{ days: INVITATION_DAYS, hasSandbox, linkDays: SANDBOX_LINK_DAYS },
    open: open.map((one) => ({
      id: one.id,
      scopes: one.scopes.map((scope) => SCOPE_WORDS[scope]).join(', '),
      madeBy: one.madeBy,
      until: dayAndTime(one.expiresAt, now, zone),
    })),
    scopes: {
      ...{ name: 'scopes', idPrefix: 'scopes', classes: 'govuk-checkboxes--small' },
      fieldset: { legend: { text: 'What may the program do?', classes: 'govuk-fieldset__legend--m' } },
      ...(errors?.['scopes'] === undefined ? {} : { errorMessage: { text: errors['scopes'] } }),
      items: SCOPES.map((value) => ({ value, text: SCOPE_WORDS[value], checked: scopes.includes(value) })),
    },
    errorSummary: errorSummary(errors),
  };
}
