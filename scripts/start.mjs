import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/demonstration/start.js', process.argv.slice(2));
