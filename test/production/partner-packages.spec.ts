import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const sh = promisify(execFile);

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** Packages with all that they need, from those that are installed here: the registry is not asked. */
function withTheirOwn(names: readonly string[]): readonly string[] {
  const all = new Set(names);
  for (const name of all) {
    for (const needed of Object.keys(manifest(join('node_modules', name)).dependencies ?? {})) all.add(needed);
  }
  return [...all];
}

/** Puts packages into a folder and no others, so that an import that no package.json names fails. */
function install(names: readonly string[], folder: string): void {
  for (const name of names) {
    const at = join(folder, 'node_modules', name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(resolve('node_modules', name), at);
  }
}

const top = mkdtempSync(join(tmpdir(), 'mash-partner-packages-'));
const [kit, empty] = [join(top, 'partners'), join(top, 'empty')];
let made: readonly string[];

beforeAll(async () => {
  const isSource = (path: string) => !/(^|\/)(node_modules|dist)$|\.tgz$/.test(path);
  cpSync('partners', kit, { recursive: true, filter: isSource });
  const manifests = ['client', 'cli'].map((name) => manifest(join(kit, name)));
  const names = (...kinds: readonly (keyof Manifest)[]) =>
    withTheirOwn(manifests.flatMap((one) => kinds.flatMap((kind) => Object.keys(one[kind] ?? {}))));
  install(names('dependencies', 'devDependencies'), kit);
  mkdirSync(join(kit, 'node_modules/.bin'));
  symlinkSync('../typescript/bin/tsc', join(kit, 'node_modules/.bin/tsc'));
  await sh('npm', ['pack', '--workspaces', '--offline'], { cwd: kit });
  made = readdirSync(kit).filter((file) => file.endsWith('.tgz'));

  mkdirSync(empty);
  const needed = names('dependencies').map((name) => resolve('node_modules', name));
  await sh('npm', ['pack', ...needed, '--ignore-scripts', '--offline'], { cwd: empty });
  const files = [...made.map((file) => join(kit, file)), ...readdirSync(empty).map((file) => join(empty, file))];
  writeFileSync(join(empty, 'package.json'), '{ "type": "module" }');
  // Offline, it fails where a version is another than the one that is installed here.
  await sh('npm', ['install', '--offline', '--ignore-scripts', ...files], { cwd: empty });
});
afterAll(() => rmSync(top, { recursive: true }));

it('the client and the command line are packed from a copy of the folder partners alone', () => {
  expect(made.map((file) => file.replace(/-[\d.]+\.tgz$/, '')).toSorted()).toEqual([
    'mash-triage-partner-cli',
    'mash-triage-partner-client',
  ]);
});

it('the command line shows its commands when its package is installed into an empty folder', async () => {
  const { stdout } = await sh(join(empty, 'node_modules/.bin/mash-partner'), ['--help'], { cwd: empty });
  expect(stdout).toMatch(/^mash-partner COMMAND\n[^]*submit FILE/);
});

it('a program in an empty folder has the client and its types when its package is installed there', async () => {
  writeFileSync(
    join(empty, 'use.ts'),
    `import { PartnerClient, type Referral } from '@mash-triage/partner-client';
    export const list = (client: PartnerClient) => client.referrals();
    // @ts-expect-error A referral has children.
    export const referral: Referral = {};
    process.stdout.write(typeof PartnerClient.prototype.referrals);`,
  );
  install(['@types/node', 'undici-types'], empty);
  const strict = ['--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
  await sh(process.execPath, [resolve('node_modules/typescript/bin/tsc'), ...strict, 'use.ts'], { cwd: empty });
  expect((await sh(process.execPath, ['use.js'], { cwd: empty })).stdout).toBe('function');
});
