import { makeReady, runNode } from './ready.mjs';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
/** A test that hangs is a failure, not a wait. */
const PATIENCE_MS = 45 * 60_000;

await makeReady();
const asked = process.argv.slice(2);
if (asked.length > 0) await jest('UTC', asked);
else {
  await jest('UTC', []);
  // The rules must not depend on where the machine is: they run once more in another time zone.
  await jest('America/New_York', ['--selectProjects', 'unit']);
}

async function jest(timeZone, args) {
  console.log(`\nTests with TZ=${timeZone}: ${args.join(' ')}`);
  const code = await runNode([...JEST, ...args], { env: { ...process.env, TZ: timeZone }, timeout: PATIENCE_MS });
  if (code !== 0) process.exit(code);
}
