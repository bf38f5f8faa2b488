import { readFileSync } from 'node:fs';

/** The version of an installed package. */
export function versionOf(name: string): string {
  const file = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
  return file.version;
}
