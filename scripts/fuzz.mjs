import { parseArgs } from 'node:util';
import { makeReady, runNode } from './ready.mjs';

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const [count, seed] = [values.count ?? '20000', values.seed ?? String(Date.now() % 1_000_000_000)];

await makeReady();
console.log(`\n${count} requests that are made from docs/openapi.json, seed ${seed}`);
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const code = await runNode([...jest, 'test/e2e/generated-requests.spec.ts'], {
  env: { ...process.env, FUZZ_COUNT: count, FUZZ_SEED: seed },
});
process.exit(code);
