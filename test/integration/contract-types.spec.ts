import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { CONTRACT } from '../support/contract.ts';
import { SCENARIOS } from '../support/scenarios.ts';

/** A folder that holds nothing: the files are in memory. */
const FOLDER = join(process.cwd(), '.local', 'types-of-the-contract');
const TYPES = join(FOLDER, 'contract.ts');
const CLIENT = join(FOLDER, 'client.ts');

let types: string;
/** Files that every program has, read once. */
const parsed = new Map<string, ts.SourceFile | undefined>();
beforeAll(async () => {
  types = astToString(await openapiTS(JSON.stringify(CONTRACT)));
});

/** What the compiler says against a program that uses the types of the contract. */
function complaints(program: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    types: [],
  };
  const files: Readonly<Record<string, string>> = { [TYPES]: types, [CLIENT]: program };
  const host = ts.createCompilerHost(options);
  const ofDisk = { ...host };
  host.directoryExists = () => true;
  host.fileExists = (file) => file in files || ofDisk.fileExists(file);
  host.readFile = (file) => files[file] ?? ofDisk.readFile(file);
  host.getSourceFile = (file, ...rest) => {
    if (file === CLIENT) return ts.createSourceFile(file, program, ts.ScriptTarget.ES2022, true);
    if (!parsed.has(file)) {
      const read = files[file] && ts.createSourceFile(file, files[file], ts.ScriptTarget.ES2022, true);
      parsed.set(file, read || ofDisk.getSourceFile(file, ...rest));
    }
    return parsed.get(file);
  };
  const compiled = ts.createProgram([CLIENT], options, host);
  return ts
    .getPreEmitDiagnostics(compiled)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const IMPORTS = `import type { components, operations } from './contract.ts';
type Referral = components['schemas']['SubmitReferralBody'];
`;

it('compiles the forty scenarios against the types that openapi-typescript makes of the contract', () => {
  expect(SCENARIOS).toHaveLength(40);
  const scenarios = SCENARIOS.map(({ body }, index) => `export const s${index}: Referral = ${JSON.stringify(body)};`);
  expect(complaints(IMPORTS + scenarios.join('\n'))).toEqual([]);
});

it('does not compile a referral that the service would refuse for its shape', () => {
  const [{ body }] = SCENARIOS as [(typeof SCENARIOS)[number]];
  const wrong: readonly object[] = [
    { ...body, referrer: undefined },
    { ...body, unheardOf: 1 },
    { ...body, immediateDanger: 'no' },
    { ...body, concern: { ...body.concern, source: 'rumour' } },
    { ...body, concern: { ...body.concern, types: ['neglekt'] } },
    { ...body, children: [{ firstname: 'Elodie' }] },
    { ...body, thresholdLevel: '4' },
  ];
  for (const one of wrong) {
    const said = complaints(`${IMPORTS}export const wrong: Referral = ${JSON.stringify(one)};`);
    expect(said).toEqual([expect.not.stringContaining('Cannot find module')]);
  }
});

it('compiles a client that reads every answer of a submission by its status', () => {
  const program = `${IMPORTS}
type Answers = operations['submitReferral']['responses'];
export function read(status: keyof Answers, body: unknown): string {
  if (status === 201) return (body as Answers[201]['content']['application/json']).reference;
  const problem = body as Answers[422]['content']['application/problem+json'];
  const kind: 'urn:mash-triage:problem:invalid-referral' | 'urn:mash-triage:problem:idempotency-key-reused' = problem.type;
  return kind + (problem.errors ?? []).map(({ pointer, detail }) => pointer + detail).join();
}`;
  expect(complaints(program)).toEqual([]);
});
