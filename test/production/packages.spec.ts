import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };

const inProduction = ['apps', 'libs', 'migrations'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
);
const sources = [...inProduction, 'scripts/mash.ts', 'scripts/sandbox-file.ts']
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/test\//.test(file))
  .map((file) => readFileSync(file, 'utf8'));

it('production code imports dependencies only, no package of the demonstration or the tests', () => {
  const imported = sources
    .flatMap((source) => [...source.matchAll(/(?:\bfrom |^import |\bimport\()'([@a-z][^']*)'/gm)])
    .map(([, specifier]) => /^(@[^/]+\/)?[^/]+/.exec(specifier!)![0])
    .filter((name) => !isBuiltin(name));
  expect(new Set(imported)).toContain('pg');
  expect([...new Set(imported)].filter((name) => !(name in dependencies))).toEqual([]);
});

it('production code names every dependency; all other packages are development dependencies', () => {
  const isNamed = (name: string) => sources.some((text) => text.includes(`'${name}'`) || text.includes(`'${name}/`));
  expect(Object.keys(dependencies).filter((name) => !isNamed(name))).toEqual([]);
});
