import { parseArgs } from 'node:util';
import { makeReady, run, runNode } from './ready.mjs';

const ready = makeReady();
const { values } = parseArgs({ options: { histories: { type: 'string' }, seed: { type: 'string' } }, strict: false });
if (values.histories === undefined) await run('dist/scripts/trial/run.js', process.argv.slice(2));

// Clients against processes that are killed, and a check of what the clients saw: see test/faults/README.md.
await ready;
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const environment = { HISTORIES: values.histories, HISTORIES_SEED: values.seed ?? String(Date.now() % 1_000_000_000) };
const code = await runNode([...jest, '--selectProjects', 'faults', '--testPathPatterns', 'faults/histories.spec'], {
  env: { ...process.env, ...environment },
});
process.exit(code);
