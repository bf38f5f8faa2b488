import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeReady } from './ready.mjs';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
/** Files of test/integration that wait long or walk through every migration. */
const SLOW = ['integration/jobs', 'integration/enduring-client', 'integration/migrations'];

const asked = process.argv.slice(2);
const isQuick = asked.includes('--quick');
const options = asked.filter((option) => option !== '--quick');

if (isQuick) quickly();
else {
  makeReady();
  if (options.length > 0) jest('UTC', options);
  else {
    jest('UTC', []);
    // The rules must not depend on where the machine is: they run once more in another time zone.
    jest('America/New_York', ['--selectProjects', 'unit']);
  }
}

/** What a developer runs at each save: on the sources, so nothing is built. */
function quickly() {
  if (!existsSync('node_modules/.package-lock.json')) makeReady();
  // Away from UTC the rules of time are tried at a tenth of the instants.
  jest('Europe/London', [
    '--selectProjects',
    'unit',
    'integration',
    '--testPathIgnorePatterns',
    ...SLOW,
    '--',
    ...options,
  ]);
  const slow = SLOW.map((file) => `test/${file}`).join(', ');
  console.log(`
The quick tests pass. Left out: the pages and the api (test/e2e), the browser (test/browser), faults (test/faults),
${slow}, and the other time zones.
"npm test" runs everything.`);
}

async function jest(timeZone, args) {
  console.log(`\nTests with TZ=${timeZone}: ${args.join(' ')}`);
  const code = await runNode([...JEST, ...args], { env: { ...process.env, TZ: timeZone }, timeout: PATIENCE_MS });
  if (code !== 0) process.exit(code);
}
