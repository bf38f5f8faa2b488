import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/mash.js', process.argv.slice(2));
