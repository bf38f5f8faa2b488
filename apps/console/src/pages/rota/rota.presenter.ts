import { may, type StaffActor } from '#access';
import type { RotaPage } from '#rota';
import { buttonAbout } from '../../shell/govuk/buttons.ts';
import { codeInWords, DAY_NAMES, dayAndTime } from '../../shell/words/words.ts';
import { RotaLinks } from './rota-links.presenter.ts';
import { presentWeek } from './rota-week.presenter.ts';
import { presentForms, rotaErrors, type RefusedChange } from './rota-forms.presenter.ts';

const SMALL = 'govuk-button--secondary govuk-!-margin-bottom-0';

export function presentRota(page: RotaPage, refused: RefusedChange | null, by: StaffActor, zone: string) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, page.now, zone);
  const mayChange = may(by, 'rota:change');
  const links = new RotaLinks(page, zone);
  return {
    mayChange,
    week: presentWeek(page, zone, mayChange),
    errorSummary: rotaErrors(refused),
    answering: page.answering.map(({ group, by: people, groups }) => ({
      group: codeInWords(group),
      by: people.join(', ') || 'No person',
      instead: groups[0] === group ? null : groups.map(codeInWords).join(', '),
    })),
    gaps: page.gaps.map(({ group, from, until }) => ({
      cover: mayChange ? links.toFill(group, { from, until }, from.toZonedDateTimeISO(zone).toPlainDate()) : null,
      group: codeInWords(group),
      from: when(from),
      until: when(until),
    })),
    members: page.members.map(({ name, email, phone, groups, emailFailedAt, phoneFailedAt }) => ({
      name,
      groups: groups.map(codeInWords).join(', ') || 'None',
      email,
      phone: phone ?? 'None',
      emailFailed: emailFailedAt && when(emailFailedAt),
      phoneFailed: phoneFailedAt && when(phoneFailedAt),
    })),
    shifts: page.shifts.map(({ id, name, hasLeft, group, weekday, from, until }) => ({
      name: hasLeft ? `${name}, who has left` : name,
      group: codeInWords(group),
      weekday: DAY_NAMES[weekday],
      times: `${from} to ${until}${until <= from ? ' the next day' : ''}`,
      remove: removal('shift', id, `${name}, ${DAY_NAMES[weekday]} ${from}`),
    })),
    stretches: [
      ...page.covers.map((line) => ({ ...line, what: 'cover', group: codeInWords(line.group!) })),
      ...page.absences.map((line) => ({ ...line, what: 'absence', group: 'Away' })),
    ].map(({ id, name, what, group, from, until }) => ({
      name,
      group,
      from: when(from),
      until: when(until),
      remove: removal(what, id, `${name}, ${when(from)}`),
    })),
    forms: mayChange ? presentForms(page.members, refused) : [],
  };
}

/** The form that removes a line. */
function removal(what: string, id: string, about: string) {
  return { what, id, button: buttonAbout('Remove', about, SMALL) };
}
