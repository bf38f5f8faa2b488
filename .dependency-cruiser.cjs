/** The libs in the order of their imports: each may import those before it, and none of those behind it. */
const LIBS = [
  'domain',
  'platform',
  'store',
  'audit',
  'access',
  'jobs',
  'deadlines',
  'rota',
  'messages',
  'referrals',
  'restrictions',
  'children',
  'work',
  'partners',
  'attachments',
  'feedback',
  'routes',
  'discussions',
  'decisions',
  'alerts',
  'oversight',
  'retention',
  'watchdog',
];
const APPS = ['api', 'console', 'worker', 'watchdog'];

const notInTests = { pathNot: '(\\.spec\\.ts$|^libs/domain/test/)' };

const mayNotReach = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from, ...notInTests },
  to: { path: to },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...LIBS.map((lib, place) =>
      mayNotReach(
        `${lib}-imports-only-libs-before-it`,
        `^libs/${lib}/`,
        `^(apps|scripts|migrations|bench|test|libs/(?!(${LIBS.slice(0, place + 1).join('|')})/))`,
      ),
    ),
    mayNotReach('domain-uses-no-package', '^libs/domain/', '^node_modules'),
    {
      name: 'domain-uses-no-node',
      severity: 'error',
      from: { path: '^libs/domain/', ...notInTests },
      to: { dependencyTypes: ['core'] },
    },
    ...APPS.map((app) =>
      mayNotReach(`${app}-imports-no-app`, `^apps/${app}/`, `^(scripts|migrations|bench|test|apps/(?!${app}/))`),
    ),
    mayNotReach('partners-import-nothing-of-the-hub', '^partners/', '^(apps|libs|scripts|migrations|bench|test)/'),
    mayNotReach('shell-imports-no-page', '^apps/console/src/shell/', '^apps/console/src/pages/'),
    {
      name: 'typeorm-in-the-store',
      severity: 'error',
      from: { pathNot: ['^libs/store/', '^migrations/', '^test/', '^node_modules/'] },
      to: { path: 'node_modules/typeorm/', pathNot: '^libs' },
    },
    {
      name: 'pg-in-the-store',
      severity: 'error',
      comment: 'Every connection has the limits of libs/store/src/connection-limits.ts.',
      from: { path: '^(apps|libs)/', pathNot: ['^libs/store/'] },
      to: { path: 'node_modules/(pg|@types/pg)/' },
    },
    {
      name: 'bullmq-in-jobs',
      severity: 'error',
      from: { pathNot: ['^libs/jobs/', '^bench/', '^node_modules/'] },
      to: { path: 'node_modules/bullmq/' },
    },
    {
      name: 'a-lib-by-its-public-face',
      severity: 'error',
      comment: 'Other libs and the apps import #name, not a file within.',
      from: { path: '^(apps|libs)/([^/]+)/', ...notInTests },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^$1/$2/', '^libs/[^/]+/src/index\\.ts$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['mash-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
