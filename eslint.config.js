import tseslint from 'typescript-eslint';

const NO_ENUM = { selector: 'TSEnumDeclaration', message: 'A union of literals says the same.' };

/** What others wrote is read by each app: no text is run as code, and none is given to another program. */
const STARTERS = ['child_process', 'cluster', 'vm', 'worker_threads'];
const NO_STARTER = 'Apps and libs start no process and run no text.';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.local/',
      'apps/console/assets/',
      'partners/client/src/contract.ts',
      'partners/cli/src/referral-schema.ts',
      'partners/*/dist/',
      '**/*.js',
      '**/*.mjs',
      '.dependency-cruiser.cjs',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/require-await': 'off',
      'max-lines': ['error', { max: 300, skipComments: true }],
      'no-restricted-syntax': ['error', NO_ENUM],
      'no-eval': 'error',
    },
  },
  {
    files: ['test/**/*.ts', '**/*.spec.ts', 'migrations/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', 'max-lines': ['error', { max: 400 }] },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/test/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Temporal', property: 'Now', message: 'The domain never reads a clock.' },
        { object: 'Date', property: 'now', message: 'The domain never reads a clock.' },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'The domain has Temporal.' },
        { name: 'process', message: 'The domain knows no process.' },
      ],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['libs/platform/**', '**/*.spec.ts', '**/test/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read in libs/platform.' },
      ],
    },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/test/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: STARTERS.flatMap((name) => [name, `node:${name}`]).map((name) => ({ name, message: NO_STARTER })),
        },
      ],
      'no-restricted-syntax': [
        'error',
        NO_ENUM,
        { selector: `ImportExpression[source.value=/^(node:)?(${STARTERS.join('|')})$/]`, message: NO_STARTER },
        { selector: 'ImportExpression[source.type!="Literal"]', message: NO_STARTER },
        { selector: 'MemberExpression[property.name="getBuiltinModule"]', message: NO_STARTER },
      ],
    },
  },
);
