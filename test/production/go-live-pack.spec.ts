import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The documents that a council needs before the first real referral. They are true as long as this holds. */
const PACK = 'docs/go-live';
const documents = globSync(`${PACK}/*.md`).map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const textOf = (name: string) => readFileSync(join(PACK, name), 'utf8');
const TABLES = [...readFileSync('migrations/schema.sql', 'utf8').matchAll(/^CREATE (?:UNLOGGED )?TABLE (\S+)/gm)].map(
  ([, name]) => name!,
);
/** A path of this repository in backquotes, and the titles of tests behind it. */
const CITED = /`((?:apps|libs|migrations|scripts|test|bench|docs)\/[^`\s*]+)`((?:[:;,]? “[^”]+”)*)/g;

/** The rows of the tables of a document whose first cell matches. */
const rows = (name: string, first: RegExp) =>
  textOf(name)
    .split('\n')
    .filter((line) => line.startsWith('|') && first.test(line.split('|')[1]!.trim()));
const HAS_TEST = /`[^`]+\.spec\.ts`: “/;

it('every table of the schema is in the data map, and the data map has no other', () => {
  expect(TABLES.length).toBeGreaterThan(100);
  const named = rows('data-map.md', /^`/).map((row) => /`([^`]+)`/.exec(row)![1]!);
  expect([...named].sort()).toEqual([...TABLES].sort());
});

it('every file that the pack names is there, and every test has the title that it names', () => {
  const wrong = documents.flatMap(({ file, text }) =>
    [...text.matchAll(CITED)].flatMap(([, path, titles]) => {
      if (!existsSync(path!)) return [`${file}: ${path} is not there`];
      const source = path!.endsWith('.spec.ts') || titles !== '' ? readFileSync(path!, 'utf8') : '';
      return [...titles!.matchAll(/“([^”]+)”/g)]
        .filter(([, title]) => !source.includes(title!))
        .map(([, title]) => `${file}: ${path} has no “${title}”`);
    }),
  );
  expect(wrong).toEqual([]);
});

it('every link of the pack leads to a file', () => {
  const broken = documents.flatMap(({ file, text }) =>
    [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .filter(([, to]) => !existsSync(join(dirname(file), to!)))
      .map(([, to]) => `${file}: ${to}`),
  );
  expect(broken).toEqual([]);
});

it('every hazard names the test that shows its control, or says that none does', () => {
  const hazards = rows('hazard-log.md', /^H\d+$/);
  expect(hazards.length).toBeGreaterThanOrEqual(25);
  expect(hazards.filter((row) => !HAS_TEST.test(row) && !row.includes('Not shown'))).toEqual([]);
});

it('every requirement that is said to be met has its evidence beside it', () => {
  const requirements = rows('asvs.md', /^\d+\.\d+\.\d+$/);
  expect(requirements.length).toBeGreaterThanOrEqual(70);
  const claimed = requirements.filter((row) => /^(met|partly)$/.test(row.split('|')[3]!.trim()));
  expect(claimed.filter((row) => !/`[^`]+`/.test(row.split('|').slice(4).join('|')))).toEqual([]);
  expect(
    requirements.filter(
      (row) => !/^(met|partly|not met|not shown|council|not applicable)$/.test(row.split('|')[3]!.trim()),
    ),
  ).toEqual([]);
});

it('the runbook says what to do for every invariant, and for every secret of the settings', () => {
  const runbook = textOf('runbook.md');
  const invariants = readFileSync('libs/watchdog/src/invariants.ts', 'utf8').matchAll(/\b(I\d):/g);
  const secrets = /const SECRETS = \[([^\]]+)\]/.exec(
    readFileSync('libs/platform/src/settings/read-settings.ts', 'utf8'),
  )![1]!;
  const needed = [
    ...[...invariants].map(([, name]) => `**${name}**`),
    ...[...secrets.matchAll(/'(\w+)'/g)].map(([, name]) => `\`${name}\``),
  ];
  expect(needed.length).toBeGreaterThan(15);
  expect(needed.filter((one) => !runbook.includes(one))).toEqual([]);
});
