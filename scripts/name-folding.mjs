import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/name-folding/print-rows.js', []);
