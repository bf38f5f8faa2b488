import tseslint from 'typescript-eslint';

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
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of literals says the same.' },
      ],
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
);
