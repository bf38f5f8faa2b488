import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stopWithUs } from '../../scripts/stand-ins/stop-with-us.ts';

/** What a container of the image has in it and runs. */
export interface Tree {
  /** Stands for the image's WORKDIR. */
  readonly folder: string;
  /** What ENV of the last stage says. */
  readonly environment: Readonly<Record<string, string>>;
}

interface Stage extends Tree {
  readonly workdir: string;
}

/** Programs of this Node come before all others, and none of this checkout's packages. */
export const PATH = [
  dirname(process.execPath),
  ...process.env['PATH']!.split(':').filter((folder) => !folder.includes('node_modules')),
].join(':');

/**
 * Does what a Dockerfile says, without a container: each stage is a folder, and what it runs, runs here on this Node.
 *
 * @param context the folder that `docker build` would be given
 * @param top where the stages' folders are made
 * @returns the last stage
 * @throws Error with what was written, when a command fails; or naming an instruction that is not known here
 */
export async function makeTree(context: string, top: string): Promise<Tree> {
  const stages = new Map<string, Stage>();
  let name = '';
  for (const [instruction, rest] of instructions(join(context, 'Dockerfile'))) {
    if (instruction === 'FROM') {
      name = / AS (\S+)$/.exec(rest)?.[1] ?? 'last';
      stages.set(name, { folder: join(top, name), environment: {}, workdir: '/' });
      mkdirSync(join(top, name));
      continue;
    }
    const stage = stages.get(name)!;
    if (instruction === 'WORKDIR') stages.set(name, { ...stage, workdir: rest });
    else if (instruction === 'ENV') stages.set(name, { ...stage, environment: pairs(rest) });
    else if (instruction === 'COPY') await copy(context, stages, stage, rest.split(' '));
    else if (instruction === 'RUN') await run(rest, stage.folder, stage.environment);
    else if (!['USER', 'CMD'].includes(instruction)) throw new Error(`${instruction} is not known to this test`);
  }
  return stages.get(name)!;
}

function instructions(file: string): readonly (readonly [instruction: string, rest: string])[] {
  return readFileSync(file, 'utf8')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => /^(\w+)\s+(.*)$/.exec(line)!.slice(1) as [string, string]);
}

const pairs = (text: string) =>
  Object.fromEntries(text.split(' ').map((pair) => pair.split('='))) as Record<string, string>;

/** COPY as this Dockerfile has it: files into a folder, a folder to a name, or the whole context. */
async function copy(context: string, stages: ReadonlyMap<string, Stage>, to: Stage, words: readonly string[]) {
  const from = words[0]!.startsWith('--from=') ? stages.get(words[0]!.slice('--from='.length))! : null;
  const target = join(to.folder, words.at(-1)!);
  if (words.join(' ') === '. .') return run(`cp -a ${inContext(context).join(' ')} "$TO"`, context, { TO: target });
  for (const path of words.slice(from === null ? 0 : 1, -1)) {
    const source = from === null ? join(context, path) : join(from.folder, relative(from.workdir, path));
    // Files of a stage are linked, which is quicker: nothing changes them any more.
    await run(`cp ${from === null ? '-a' : '-al'} "$FROM" "$TO"`, to.folder, { FROM: source, TO: target });
  }
}

/** What is in the context: .dockerignore has names at the top only, one with an asterisk before it. */
function inContext(context: string): readonly string[] {
  const ignored = readFileSync(join(context, '.dockerignore'), 'utf8').trim().split('\n');
  const isIgnored = (name: string) =>
    ignored.some((one) => (one.startsWith('*') ? name.endsWith(one.slice(1)) : name === one));
  return readdirSync(context).filter((name) => !isIgnored(name));
}

/** @throws Error with what was written, when the command fails */
async function run(command: string, folder: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const npm = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_update_notifier: 'false' };
  // Where a proxy stands before the registry, npm has to trust it.
  const { HOME, NODE_EXTRA_CA_CERTS } = process.env;
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    env: { PATH, HOME, NODE_EXTRA_CA_CERTS, ...npm, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  stopWithUs(child, 'TERM');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${said.slice(-5_000)}`);
}
