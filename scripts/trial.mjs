import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/trial/run.js', process.argv.slice(2));
