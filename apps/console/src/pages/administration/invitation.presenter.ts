import { INVITATION_DAYS, SCOPE_WORDS, SCOPES, type AgencyLine, type InvitationLine } from '#access';
import { errorSummary } from '../../shell/forms/form-fields.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import type { Sent } from './administration.presenter.ts';

/** @param made an invitation that was just made, with its token; a token of null was shown before; null where none was */
export function presentInvitations(
  { id, name }: AgencyLine,
  open: readonly InvitationLine[],
  { typed, errors }: Sent,
  made: { readonly token: string | null } | null,
  { now, zone }: { readonly now: Temporal.Instant; readonly zone: string },
) {
  const { scopes = [] } = typed as { readonly scopes?: readonly string[] };
  return {
    ...{ name, agencyAt: `/administration/agencies/${id}`, at: `/administration/agencies/${id}/invitations` },
    token: made?.token ?? null,
    wasShown: made !== null && made.token === null,
    days: INVITATION_DAYS,
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
