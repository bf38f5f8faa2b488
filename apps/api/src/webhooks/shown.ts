import type { DeliveryView, EndpointView } from '#partners';
import type { DeliveryAnswer, EndpointAnswer } from './answers.ts';

/** An endpoint as its agency is shown it: without its secret. */
export function shownEndpoint(endpoint: EndpointView): EndpointAnswer {
  const { id, address, clientId, addedAt, state, failingSince, offSince, offBecause, waiting } = endpoint;
  const { oldSecretUntil, lastDeliveredAt } = endpoint;
  return {
    ...{ id, address, clientId, addedAt: addedAt.toString(), state },
    ...(failingSince !== null && { failingSince: failingSince.toString() }),
    ...(offSince !== null && { offSince: offSince.toString() }),
    ...(offBecause !== null && { offBecause }),
    ...(oldSecretUntil !== null && { oldSecretUntil: oldSecretUntil.toString() }),
    ...(lastDeliveredAt !== null && { lastDeliveredAt: lastDeliveredAt.toString() }),
    waiting,
  };
}

export function shownDelivery({ dueAt, madeAt, attempts, ...delivery }: DeliveryView): DeliveryAnswer {
  return {
    ...delivery,
    madeAt: madeAt.toString(),
    ...(dueAt !== null && { dueAt: dueAt.toString() }),
    attempts: attempts.map(({ at, status, fault }) => ({
      at: at.toString(),
      ...(status !== null && { status }),
      ...(fault !== null && { fault }),
    })),
  };
}
