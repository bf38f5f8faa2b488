import { SetMetadata } from '@nestjs/common';
import type { Action } from './policy.ts';

const ROUTE_ACCESS = 'mash:route-access';

/** What a route needs: an action of the policy, or nothing with the reason why. */
export type RouteAccess = { readonly action: Action } | { readonly openBecause: string };

/** Only a person whom the policy allows the action may use the route. For all others it does not exist. */
export const Needs = (action: Action) => SetMetadata(ROUTE_ACCESS, { action } satisfies RouteAccess);

/** Any person may use the route. */
export const OpenToAll = (because: string) => SetMetadata(ROUTE_ACCESS, { openBecause: because } satisfies RouteAccess);

/** What a handler declares, or else its controller; null when neither does. */
export function routeAccess(handler: object, controller: object): RouteAccess | null {
  return (
    (Reflect.getMetadata(ROUTE_ACCESS, handler) as RouteAccess | undefined) ??
    (Reflect.getMetadata(ROUTE_ACCESS, controller) as RouteAccess | undefined) ??
    null
  );
}
