import { makeReady, run } from './ready.mjs';

makeReady();
run('dist/scripts/schema/write-schema.js', []);
