import type { ClientLine } from '#access';
import type { EndpointView } from '#partners';
import { dayAndTime } from '../../shell/words/words.ts';

/** The webhooks of an agency as an administrator sees them. */
export function presentWebhooks(
  endpoints: readonly EndpointView[],
  clients: readonly ClientLine[],
  at: { readonly now: Temporal.Instant; readonly zone: string },
) {
  const when = (instant: Temporal.Instant) => dayAndTime(instant, at.now, at.zone);
  return endpoints.map((endpoint) => ({
    ...{ address: endpoint.address, waiting: endpoint.waiting },
    program: clients.find(({ id }) => id === endpoint.clientId)?.name ?? '',
    state: stateInWords(endpoint, when),
    warns: endpoint.state === 'off' || endpoint.state === 'failing',
    lastTaken: endpoint.lastDeliveredAt === null ? 'Not in the last 30 days' : when(endpoint.lastDeliveredAt),
  }));
}

function stateInWords(
  { state, failingSince, offSince, offBecause }: EndpointView,
  when: (instant: Temporal.Instant) => string,
): string {
  if (state === 'off') {
    const why = offBecause === 'gone' ? 'its receiver says that it is gone' : 'its receiver took nothing for 72 hours';
    return `Switched off ${when(offSince!)}, because ${why}. Tell the agency: its program can switch it on`;
  }
  if (state === 'failing') return `Failing since ${when(failingSince!)}`;
  return state === 'suspended' ? 'Not called, because its program is suspended' : 'On';
}
