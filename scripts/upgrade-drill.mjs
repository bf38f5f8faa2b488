// Runs the version before the newest migration beside this one on one database: see test/faults/README.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeReady, runNode } from './ready.mjs';

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
});
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' }).trim();

await makeReady();
const newest = () => git('log', '-1', '--diff-filter=A', '--format=%H', '--', 'migrations/*.up.sql');
const before = git('rev-parse', '--short', values.from ?? `${newest()}^`);
const top = mkdtempSync(join(tmpdir(), 'mash-version-before-'));
const folder = join(top, 'checkout');
let code = 1;
try {
  git('worktree', 'add', '--detach', folder, before);
  // A version whose packages are others has to be built apart from this one.
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  console.log(`Building ${git('log', '-1', '--format=%h %s', before)}…`);
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: 'inherit' });
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  code = await runNode([...jest, '--selectProjects', 'faults', '--testPathPatterns', 'faults/histories.spec'], {
    env: {
      ...process.env,
      HISTORIES: values.rounds,
      HISTORIES_SEED: values.seed,
      HISTORIES_BESIDE: join(folder, 'dist'),
    },
  });
} finally {
  git('worktree', 'remove', '--force', folder);
  rmSync(top, { recursive: true, force: true });
}
process.exit(code);
