// Runs on the Node that started npm: 20 or later. Everything after it runs on the Node that the project pins.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:os';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = 'dist/.mash-built';
const SOURCES = [
  'apps',
  'libs',
  'migrations',
  'scripts',
  'bench',
  'partners/problems',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package.json',
  'package-lock.json',
];

const STARTED_BY_NPM = process.env.npm_lifecycle_event !== undefined;
const PARENT = process.ppid;
const NODE = join('node_modules', '.bin', 'node');

let ready = Promise.resolve();

/** Installs and builds what is not installed and built yet. `run` waits for it. */
export function makeReady() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    fail(`Node ${process.versions.node} is too old: install Node 20 or later.`);
  }
  ready = installAndBuild();
  return ready;
}

async function installAndBuild() {
  if (!isInstalled()) {
    // The demonstration and the tests need the development packages, also when NODE_ENV is production.
    const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    await say('Installing (a minute the first time)…', 'npm', ['ci', ...options]);
  }
  const hash = hashOf(SOURCES);
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === hash) return;
  await say('Building…', 'npm', ['run', '--silent', 'build']);
  writeFileSync(BUILT, hash);
}

/** Runs a built script on the pinned Node, in this process's place: its signals, its exit code. */
export async function run(script, args, nodeOptions = []) {
  await ready;
  // In a group of its own: Ctrl-C reaches it through us, and not everything below it at the same moment. Over the
  // channel it learns that this process was killed.
  const options = { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true };
  process.exit(await runNode(['--enable-source-maps', ...nodeOptions, script, ...args], options));
}

/**
 * Runs the pinned Node until it ends, and tells it every signal that would end this process.
 *
 * @param options as `spawn` of node:child_process takes them
 * @returns its exit code
 */
export async function runNode(args, options = {}) {
  const child = spawn(NODE, args, { stdio: 'inherit', ...options });
  const { code } = await ended(child, (signal) => child.kill(signal));
  return code;
}

/**
 * Waits for the end of a child. A signal that would end this process ends the child instead.
 *
 * @returns its exit code, and whether it was told to end
 */
function ended(child, tell) {
  let isTold = false;
  const handOver = (signal) => {
    isTold = true;
    tell(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, handOver);
  // npm tells its script nothing when npm is killed; the script has another parent then.
  const watch = setInterval(() => STARTED_BY_NPM && process.ppid !== PARENT && handOver('SIGTERM'), 500);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, handOver);
      resolve({ code: code ?? 128 + constants.signals[signal], isTold });
    });
  });
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

async function say(saying, command, args) {
  console.log(saying);
  // In a group of its own, which is told as a whole: npm does not tell the programs of a script.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  const { code, isTold } = await ended(child, (signal) => killGroup(child.pid, signal));
  if (isTold) process.exit(130);
  if (code !== 0) fail(`${said}\n"${command} ${args.join(' ')}" failed: what it said is above.`);
}

function killGroup(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch {
    // It has ended.
  }
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
