import { makeReady, run } from './ready.mjs';

makeReady();
// It goes on as long as the demonstration, and does little: a small young generation is enough.
run('dist/scripts/demonstration/start.js', process.argv.slice(2), ['--max-semi-space-size=2']);
