import { join } from 'node:path';
import pg from 'pg';
import ts from 'typescript';
import { describeStatement } from '../support/statements/describe-statement.ts';
import { faultsOf } from '../support/statements/faults-of.ts';
import { findStatements, type FoundStatement, type Statements } from '../support/statements/find-statements.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURE = 'test/support/statements/misspelt.fixture.ts';
/** Tables that hold what is known of a child and a family. */
const OF_CHILDREN =
  /\b(referral|referral_child|referral_adult|person_name|earlier_referral|rating|decision|sign_off|draft|consultation|claim_note|handover_note|audit_opening)\b/;

let test: TestDatabase;
let client: pg.Client;
let code: Statements;
let fixture: Statements;

beforeAll(async () => {
  test = await createTestDatabase();
  client = new pg.Client({ connectionString: test.url });
  await client.connect();
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { include: string[] };
  };
  const { fileNames, options } = ts.parseJsonConfigFileContent({ ...config, include: ['libs', 'apps'] }, ts.sys, ROOT);
  const program = ts.createProgram([...fileNames, join(ROOT, FIXTURE)], options);
  const isOurs = (path: string) => /^(libs|apps)\//.test(path) && !/\.spec\.ts$|^libs\/store\//.test(path);
  code = findStatements(program, ROOT, isOurs);
  fixture = findStatements(program, ROOT, (path) => path === FIXTURE);
}, 120_000);
afterAll(async () => {
  await client.end();
  await test.drop();
});

/** The faults of statements, each with its place. */
async function faultsIn(statements: readonly FoundStatement[]): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const { at, texts, declared } of statements) {
    for (const text of texts) {
      try {
        for (const fault of faultsOf(await describeStatement(client, text), declared)) faults.push(`${at}: ${fault}`);
      } catch (error) {
        faults.push(`${at}: ${(error as Error).message}`);
      }
    }
  }
  return [...new Set(faults)];
}

it('fits the migrated schema and the declared columns in every statement of the code base', async () => {
  expect(code.found.length).toBeGreaterThan(100);
  expect(await faultsIn(code.found)).toEqual([]);
});

it('X5: sends every template of SQL of the code base in some statement', () => {
  expect(code.unreached).toEqual([]);
});

it("touches no child's data outside of a transaction", () => {
  const alone = code.found.filter(({ isAlone }) => isAlone);
  expect(alone.length).toBeGreaterThan(0);
  expect(alone.filter(({ texts }) => texts.some((text) => OF_CHILDREN.test(text))).map(({ at }) => at)).toEqual([]);
});

it('finds a misspelt column, a misspelt alias, a wrong type, and a template that nothing sends', async () => {
  expect(await faultsIn(fixture.found)).toEqual([
    `${FIXTURE}:5: column "referense" does not exist`,
    `${FIXTURE}:6: the code reads receivedAt, which is not returned`,
    `${FIXTURE}:6: recievedAt is returned, and the code does not read it`,
    `${FIXTURE}:7: version is of PostgreSQL's type 23, and the code reads it as text`,
    `${FIXTURE}:8: column "claimd_by" of relation "referral" does not exist`,
  ]);
  expect(fixture.unreached).toEqual([`${FIXTURE}:12`]);
});
