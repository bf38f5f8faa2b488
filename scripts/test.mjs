import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { makeReady } from './ready.mjs';

const JEST = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

makeReady();
// The rules must not depend on where the machine is: they run once more in another time zone.
jest('UTC', process.argv.slice(2));
if (process.argv.length === 2) jest('America/New_York', ['--selectProjects', 'unit']);

function jest(timeZone, args) {
  console.log(`\nTests with TZ=${timeZone}`);
  const node = join('node_modules', '.bin', 'node');
  const { status } = spawnSync(node, [...JEST, ...args], { stdio: 'inherit', env: { ...process.env, TZ: timeZone } });
  if (status !== 0) process.exit(status ?? 1);
}
