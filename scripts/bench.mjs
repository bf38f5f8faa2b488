import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/bench/run.js', process.argv.slice(2));
