import { createRequire } from 'node:module';

/**
 * Loads a package at the moment at which it is needed, for packages that most processes never need: what is not loaded
 * costs no memory, and no time at the start.
 */
export const loadPackage: (name: string) => unknown = createRequire(import.meta.url);
