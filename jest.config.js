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
  testTimeout: 30_000,
  // Most of a test's time is the database's or a process's: two at once even on two cores.
  maxWorkers: 2,
  projects: [
    project('unit', ['libs/**/*.spec.ts', 'apps/**/*.spec.ts']),
    project('integration', ['test/integration/**/*.spec.ts', 'test/upgrade/**/*.spec.ts'], withPostgres),
    project('e2e', ['test/e2e/**/*.spec.ts'], withPostgres),
    project('browser', ['test/browser/**/*.spec.ts'], withPostgres),
    project('faults', ['test/faults/**/*.spec.ts'], withPostgres),
    project('production', ['test/production/**/*.spec.ts']),
  ],
};
