import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { routeAccess } from './route-access.ts';

/**
 * Refuses to start an app with a route that does not say what it needs.
 *
 * @throws Error naming the routes
 */
export function assertEveryRouteDeclaresAccess(app: INestApplication): void {
  const scanner = new MetadataScanner();
  const undeclared = app
    .get(DiscoveryService)
    .getControllers()
    .flatMap(({ metatype, instance }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata(METHOD_METADATA, prototype[name]!))
        .filter((name) => routeAccess(prototype[name]!, metatype as object) === null)
        .map((name) => `${metatype?.name ?? 'a controller'}.${name}`);
    });
  if (undeclared.length > 0) throw new Error(`These routes do not declare what they need: ${undeclared.join(', ')}`);
}
