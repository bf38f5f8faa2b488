import type { Council, CouncilLine } from '#access';
import { errorSummary, FormFields } from '../../shell/forms/form-fields.ts';
import { dayAndTime } from '../../shell/words/words.ts';
import type { Sent } from './administration.presenter.ts';

type Found = Awaited<ReturnType<Council['read']>>;

export function presentCouncil({ versions, bySettings, now }: Found, { typed, errors }: Sent, zone: string) {
  const [last] = versions;
  const said = { name: last?.name, hubPhone: last?.hubPhone, hubHours: last?.hubHours, edtPhone: last?.edtPhone };
  const fields = new FormFields({ ...said, ...typed }, errors);
  const otherwise = (text: string | null) => `If this is empty: ${text ?? 'nothing is said'}`;
  return {
    seen: last?.version ?? 0,
    name: fields.input('name', { label: 'Name of the council', hint: otherwise(bySettings.name) }),
    hubPhone: fields.input('hubPhone', { label: 'Telephone number of the hub', hint: otherwise(bySettings.hubPhone) }),
    hubHours: fields.input('hubHours', { label: 'Hours of the hub, in words', hint: otherwise(bySettings.hubHours) }),
    edtPhone: fields.input('edtPhone', {
      label: 'Telephone number of the emergency duty team',
      hint: otherwise(bySettings.edtPhone),
    }),
    versions: versions.map((version) => ({
      ...{ version: version.version, by: version.changedBy, at: dayAndTime(version.changedAt, now, zone) },
      said: inWords(version),
    })),
    errorSummary: errorSummary(errors),
  };
}

/** Such as `Loomshire Council, the hub 0161 496 0000`. */
function inWords({ name, hubPhone, hubHours, edtPhone }: CouncilLine): string {
  const parts = [
    ...(name === null ? [] : [name]),
    ...(hubPhone === null ? [] : [`the hub ${hubPhone}`]),
    ...(hubHours === null ? [] : [hubHours]),
    ...(edtPhone === null ? [] : [`the emergency duty team ${edtPhone}`]),
  ];
  return parts.length === 0 ? 'As the settings of the service say' : parts.join(', ');
}
