// Runs on whatever Node started npm: 20 or later. Everything after it runs on the Node that the project pins.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = 'dist/.mash-built';
const SOURCES = [
  'apps',
  'libs',
  'migrations',
  'scripts',
  'bench',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package-lock.json',
];

/** Installs and builds what is not installed and built yet. */
export function makeReady() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node ${process.versions.node} is too old: install Node 20 or later.`);
  }
  if (!isInstalled()) {
    say('Installing (a minute the first time)…', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  }
  const hash = hashOf(SOURCES);
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === hash) return;
  say('Building…', 'npm', ['run', '--silent', 'build']);
  writeFileSync(BUILT, hash);
}

/** Runs a built script on the pinned Node, in this process's place: its signals, its exit code. */
export function run(script, args) {
  const child = spawn(join('node_modules', '.bin', 'node'), ['--enable-source-maps', script, ...args], {
    stdio: 'inherit',
    // In a group of its own: Ctrl-C reaches it through us, and not everything below it at the same moment.
    detached: true,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}

/** Whether node_modules holds what the lockfile says, by npm's own list of what it installed. */
function isInstalled() {
  if (!existsSync('node_modules/.package-lock.json')) return false;
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packagesIn('node_modules/.package-lock.json');
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { version, optional, peer }]) => path === '' || optional || peer || installed[path]?.version === version,
  );
}

function say(saying, command, args) {
  console.log(saying);
  const done = spawnSync(command, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  if (done.status !== 0)
    fail(`${done.stdout}${done.stderr}\n"${command} ${args.join(' ')}" failed: what it said is above.`);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory())
      readdirSync(path)
        .sort()
        .forEach((name) => add(join(path, name)));
    else hash.update(path).update(readFileSync(path));
  };
  paths.forEach(add);
  return hash.digest('hex');
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
