import { ROUTES, teamOfFamily, type Localities } from '#domain';
import { submittedName, type RecordedDecision, type ReferralPage } from '#referrals';
import type { Typed } from '#work';
import type { FormFields } from '../../shell/forms/form-fields.ts';
import { addressInWords } from '../../shell/referral/where-it-went.presenter.ts';
import type { Asked } from './counting.presenter.ts';
import { isOtherTeam, type DecisionForm } from './decision.form.ts';

const NAMES = ['routeTeam', 'routeReason', 'routeRecipient'];

/** Where the family goes: the team of its address unless the decider says otherwise. Open where the address gives none. */
export function presentRouteFields(fields: FormFields, page: ReferralPage, localities: Localities) {
  const found = teamOfFamily(page, localities);
  const byAddress = found.team === null ? null : `${found.team.name}, by the address`;
  const names = {
    children: page.children.map((child, index) => submittedName(child) || `child ${index + 1}`),
    adults: page.adults.map(({ name, relationship }) => name ?? relationship),
  };
  return {
    summary:
      byAddress === null ? 'Where it goes: the address gives no team' : `Where it goes: early help to the ${byAddress}`,
    isOpen: byAddress === null || NAMES.some((name) => fields.has(name)),
    team: fields.select('routeTeam', { label: 'Which team takes early help?', hint: addressInWords(found, names) }, [
      { value: '', text: byAddress ?? 'No team chosen yet' },
      ...localities.teams
        .filter(({ code }) => code !== found.team?.code)
        .map(({ code, name }) => ({ value: code, text: name })),
    ]),
    reason:
      byAddress === null
        ? null
        : fields.textarea('routeReason', { label: 'Why another team, where you choose one' }, { rows: 2 }),
    recipient: fields.input('routeRecipient', {
      label: 'Which worker or authority takes it on?',
      hint: 'For a transfer, and for a child with an allocated worker whom the case system does not name. It can be named later',
    }),
  };
}

/** Where it goes, as the page of the check says it; nothing for an outcome that sends the family nowhere. */
export function routeAnswers(
  form: DecisionForm,
  { locality, allocatedWorker }: Pick<Asked, 'locality' | 'allocatedWorker'>,
) {
  const goesTo = ROUTES[form.outcome]?.goesTo;
  if (goesTo === 'named') {
    const worker = form.outcome === 'to_allocated_worker' ? allocatedWorker : null;
    const value = form.routeRecipient.trim() || (worker === null ? 'Not named yet' : `${worker}, by the case system`);
    return [{ key: 'Where it goes', value, field: 'routeRecipient' }];
  }
  if (goesTo !== 'team' || locality === null) return [];
  const { byAddress, teams } = locality;
  const chosen = teams.find(({ code }) => code === form.routeTeam);
  const value =
    chosen?.name ?? (byAddress.team === null ? 'No team chosen yet' : `${byAddress.team.name}, by the address`);
  const why = isOtherTeam(form, { locality })
    ? [{ key: 'Why another team', value: form.routeReason, field: 'routeReason' }]
    : [];
  return [{ key: 'Where it goes', value, field: 'routeTeam' }, ...why];
}

/** The answers that a decision which is to be made again begins with. */
export function routeBefore({ chosenRoute }: RecordedDecision): Typed {
  if (chosenRoute === null) return {};
  const { team, name, reason } = chosenRoute;
  return team === null ? { routeRecipient: name } : { routeTeam: team, routeReason: reason ?? '' };
}
