import sequencer from '@jest/test-sequencer';

const TestSequencer = sequencer.default ?? sequencer;

/**
 * What takes long, the longest first: most of it waits for processes and browsers, and the short files fill the gaps.
 * Begun last, one of these would run alone at the end.
 */
const LONG = [
  /crash-points\/deliver/,
  /working-time\.oracle/,
  /killed-processes/,
  /faults\/trials/,
  /faults\//,
  /browser\//,
  /rota\.spec/,
  /integration\/jobs/,
  /e2e\//,
];

/** Jest's own order is by the times of earlier runs, which a clean machine does not have. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONG.findIndex((pattern) => pattern.test(path));
      return at < 0 ? LONG.length : at;
    };
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
}
