import { existsSync } from 'node:fs';
import { makeReady, runNode } from './ready.mjs';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
/** A test that hangs is a failure, not a wait. */
const PATIENCE_MS = 45 * 60_000;
/** Files of test/integration that wait long or walk through every migration. */
const SLOW = ['integration/jobs', 'integration/enduring-client', 'integration/migrations'];

const asked = process.argv.slice(2);
const isQuick = asked.includes('--quick');
const options = asked.filter((option) => option !== '--quick');

if (isQuick) await quickly();
else {
  await makeReady();
  if (options.length > 0) await jest('UTC', options);
  else {
    await jest('UTC', []);
    // The rules must not depend on where the machine is: they run once more in another time zone.
    await jest('America/New_York', ['--selectProjects', 'unit']);
  }
}

/** What a developer runs at each save: on the sources, so nothing is built. */
async function quickly() {
  if (!existsSync('node_modules/.package-lock.json')) await makeReady();
  // Away from UTC the rota is tried at a tenth of the instants.
  await jest('Europe/London', [
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
