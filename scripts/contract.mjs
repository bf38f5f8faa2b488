import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/contract/write-contract.js', []);
