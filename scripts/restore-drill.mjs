import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/restore-drill/run.js', process.argv.slice(2));
