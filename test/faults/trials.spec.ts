import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('../../dist/scripts/trial/run.js', import.meta.url));

/** A few of the trials of which `npm run trial` runs as many as it is asked for. */
it('finds nothing wrong in twelve random trials of real processes under random faults', async () => {
  const runner = spawn(process.execPath, [
    '--enable-source-maps',
    RUNNER,
    '--trials',
    '12',
    '--lanes',
    '4',
    '--seed',
    '1',
  ]);
  let said = '';
  for (const stream of [runner.stdout, runner.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()));
  }
  const code = await new Promise((resolve) => runner.once('exit', resolve));
  // What was said has the seed, and the trial that failed.
  expect({ code, said }).toEqual({ code: 0, said });
  expect(said).toMatch(/^trials +12$/m);
});
