const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironmentOptions: { customExportConditions: ['mash-source', 'node', 'node-addons'] },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.local'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
      },
    ],
  },
  ...more,
});

const withPostgres = {
  globalSetup: '<rootDir>/test/support/start-postgres.ts',
  globalTeardown: '<rootDir>/test/support/stop-postgres.ts',
};

/** @type {import('jest').Config} */
export default {
  // How quick the machine is must decide nothing: only a test that hangs takes this long.
  testTimeout: 180_000,
  // Most of a test's time is spent waiting for the database, a process or a browser: more at once than there are cores.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    project('unit', ['libs/**/*.spec.ts', 'apps/**/*.spec.ts']),
    project('integration', ['test/integration/**/*.spec.ts', 'test/upgrade/**/*.spec.ts'], withPostgres),
    project('e2e', ['test/e2e/**/*.spec.ts'], withPostgres),
    project('browser', ['test/browser/**/*.spec.ts'], withPostgres),
    project('faults', ['test/faults/**/*.spec.ts'], withPostgres),
    project('production', ['test/production/**/*.spec.ts']),
  ],
};
