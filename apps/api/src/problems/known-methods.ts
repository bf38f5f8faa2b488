import type { Express, NextFunction, Request, Response } from 'express';
import { problem } from './api-problem.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  match(path: string): boolean;
}

/**
 * Answers what a known address cannot answer: 405 with Allow to a method that it does not take, 204 with Allow to
 * OPTIONS. An address that nothing knows goes on, to its 404.
 */
export function knownMethods(app: Express) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const allowed = allowedAt(app, request.path);
    if (allowed.length === 0 || allowed.includes(request.method)) return next();
    const Allow = [...allowed, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') return void response.status(204).set({ Allow }).end();
    next(problem('method-not-allowed', { headers: { Allow } }));
  };
}

/** The methods that the routes of an address take. An address that is spelt out goes before one with a parameter. */
function allowedAt(app: Express, path: string): readonly string[] {
  const layers = (app.router as unknown as { stack: readonly Layer[] }).stack;
  const routes = layers.flatMap((layer) => (layer.route !== undefined && matches(layer, path) ? [layer.route] : []));
  const spelt = routes.filter((route) => !route.path.includes(':'));
  const methods = (spelt.length > 0 ? spelt : routes).flatMap((route) => Object.keys(route.methods));
  return [...new Set(methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])))];
}

/** An address whose escapes cannot be read matches nothing; the router itself refuses it. */
function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
