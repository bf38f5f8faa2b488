import { existsSync, globSync, readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
/** Commands of npm itself that the project names. */
const OF_NPM = ['ci', 'pack', 'install', 'run', 'start', 'test', 'prune', 'sbom'];
const OF_MASH = [
  ...new Set(
    [...readFileSync('scripts/mash.ts', 'utf8').matchAll(/^ {2}([a-z-]+)(?: add)? (?:[A-Z ]|\[-)/gm)].map(
      ([, name]) => name!,
    ),
  ),
];

const texts = [
  ...['README.md', 'CONTRIBUTING.md', 'docker-compose.yml', 'Dockerfile', '.ci/run', 'package.json'],
  ...globSync(['docs/**/*.md', 'test/**/*.md', '{apps,libs,scripts,bench,migrations}/**/*.{ts,mjs,njk}']),
].map((file) => ({ file, text: readFileSync(file, 'utf8') }));

/** Every match of a pattern, as `file: match`, whose first group is not as it must be. */
function wrong(pattern: RegExp, isRight: (name: string, file: string) => boolean): readonly string[] {
  return texts.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].filter(([, name]) => !isRight(name!, file)).map(([match]) => `${file}: ${match}`),
  );
}

it('every `npm run NAME` names a script of package.json', () => {
  expect(wrong(/npm run (?:--silent )?([a-z][a-z:-]*)/g, (name) => name in scripts)).toEqual([]);
});

it('every npm command is one that npm has', () => {
  expect(wrong(/(?:[`'"(]|\brun |^ *)npm ([a-z]+)/gm, (name) => OF_NPM.includes(name))).toEqual([]);
});

it('every command of mash is one that mash has', () => {
  expect(OF_MASH).toEqual(['submit', 'migrate', 'agency', 'client', 'staff', 'verify-record']);
  const isThere = (name: string) => OF_MASH.includes(name);
  expect(wrong(/(?:npm run mash -- |dist\/scripts\/mash\.js,? )([a-z-]+)/g, isThere)).toEqual([]);
});

it('every built script that is named has a source, in the image one that is built for production', () => {
  const production = JSON.parse(readFileSync('tsconfig.production.json', 'utf8')) as { include: string[] };
  const isOfImage = (file: string) => /^(README\.md|Dockerfile|docker-compose\.yml|(apps|libs)\/.*)$/.test(file);
  const isBuilt = (source: string) =>
    production.include.some((path) => source === path || source.startsWith(`${path}/`));
  expect(
    wrong(/\bdist\/([\w/.-]+)\.js\b/g, (path, file) => {
      const source = `${path}.ts`;
      return existsSync(source) && (!isOfImage(file) || isBuilt(source));
    }),
  ).toEqual([]);
});

it('every script that is run by its path is there', () => {
  expect(wrong(/\bnode (scripts\/[\w/.-]+)/g, (path) => existsSync(path))).toEqual([]);
});
