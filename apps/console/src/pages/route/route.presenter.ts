import { may, type StaffActor } from '#access';
import { canBeSentOn, ruleOfRoute } from '#domain';
import { submittedName, type ReferralPage } from '#referrals';
import type { RoutesOfReferral } from '#routes';
import { FormFields } from '../../shell/forms/form-fields.ts';
import type { FormErrors } from '../../shell/forms/read-form.ts';
import { childrenInWords } from '../../shell/referral/children-in-words.ts';
import { addressInWords, presentWhereItWent } from '../../shell/referral/where-it-went.presenter.ts';

/** Which of the page's forms was sent. */
export interface SentRouteForm {
  readonly which: 'answer' | 'send';
  readonly typed: object;
  readonly errors: FormErrors | null;
}

export function presentRoute(
  page: ReferralPage,
  found: RoutesOfReferral,
  by: StaffActor,
  sent: SentRouteForm | null,
  zone: string,
) {
  const current = found.routes[0]!;
  const { goesTo, awaits } = ruleOfRoute(current.kind);
  const fieldsOf = (which: SentRouteForm['which']) =>
    sent?.which === which ? new FormFields(sent.typed, sent.errors) : new FormFields({}, null);
  const teams = found.localities.teams.map(({ code, name }) => ({ value: code, text: name }));
  return {
    ...{ reference: page.reference, children: childrenInWords(page), routeId: current.id },
    // Its own links lead to this page.
    whereItWent: {
      ...presentWhereItWent(page.reference, found, by, { now: page.now, zone })!,
      heading: 'How it stands',
      act: null,
    },
    byAddress: goesTo === 'team' ? addressInWords(found.byAddress, namesOf(page)) : null,
    answering:
      current.state === 'awaiting' && may(by, 'route:answer')
        ? answerFields(fieldsOf('answer'), awaits === 'answer')
        : null,
    isKept: current.state === 'accepted',
    sending:
      canBeSentOn(current) && may(by, 'route:send')
        ? sendFields(fieldsOf('send'), goesTo, teams, current.state === 'no_recipient')
        : null,
    decidesAgain: page.status === 'decided' && may(by, 'route:send'),
  };
}

function namesOf({ children, adults }: ReferralPage) {
  return {
    children: children.map((child, index) => submittedName(child) || `child ${index + 1}`),
    adults: adults.map(({ name, relationship }) => name ?? relationship),
  };
}

/** @param isAccepted whether acceptance is recorded here: that of the edge of care service is its first response */
function answerFields(fields: FormFields, isAccepted: boolean) {
  return {
    answer: fields.radios('answer', { label: 'What did they answer?', classes: 'govuk-radios--small' }, [
      ...(isAccepted ? [{ value: 'accepted', text: 'They accept it' }] : []),
      { value: 'returned', text: 'They return it' },
    ]),
    answeredBy: fields.input('answeredBy', { label: 'Who answered, by name' }),
    day: fields.input(
      'day',
      { label: 'Day', hint: 'Leave day and time empty where they answer now', classes: 'govuk-input--width-10' },
      { type: 'date' },
    ),
    time: fields.input('time', { label: 'Time', hint: 'Such as 2:30pm', classes: 'govuk-input--width-5' }),
    reason: fields.textarea('reason', { label: 'Why it comes back', hint: 'Where they return it' }, { rows: 3 }),
  };
}

function sendFields(
  fields: FormFields,
  goesTo: 'team' | 'named' | 'one',
  teams: readonly { readonly value: string; readonly text: string }[],
  isFirst: boolean,
) {
  return {
    heading: headingOf(goesTo, isFirst),
    team:
      goesTo === 'team'
        ? fields.select('team', { label: 'Which team?' }, [{ value: '', text: 'Select the team' }, ...teams])
        : null,
    recipient: goesTo === 'named' ? fields.input('recipient', { label: 'Which worker or authority, by name?' }) : null,
    reason: fields.textarea(
      'sendReason',
      { label: 'Why?', ...(isFirst ? { hint: 'May stay empty' } : {}) },
      { rows: 3 },
    ),
  };
}

function headingOf(goesTo: 'team' | 'named' | 'one', isFirst: boolean): string {
  if (isFirst) return goesTo === 'team' ? 'Choose the team' : 'Say whom it goes to';
  return goesTo === 'one' ? 'Send it again' : 'Send it on';
}
