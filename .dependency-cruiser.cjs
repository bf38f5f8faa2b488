/** Imports run one way: domain and platform, then store, then jobs and access, then the capabilities, then the apps. */
const lib = (...names) => `^libs/(${names.join('|')})/`;
const CAPABILITIES = ['intake', 'triage', 'alerts'];
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
    mayNotReach('domain-knows-nobody', lib('domain'), '^(apps|libs/(?!domain/)|scripts|migrations|node_modules)'),
    {
      name: 'domain-uses-no-node',
      severity: 'error',
      from: { path: lib('domain'), ...notInTests },
      to: { dependencyTypes: ['core'] },
    },
    mayNotReach('platform-knows-no-lib', lib('platform'), '^(apps|libs/(?!platform/)|scripts|migrations)'),
    mayNotReach(
      'store-knows-what-is-below',
      lib('store'),
      '^(apps|libs/(?!(store|domain|platform)/)|scripts|migrations)',
    ),
    mayNotReach(
      'jobs-and-access-know-what-is-below',
      lib('jobs', 'access'),
      '^(apps|scripts|migrations|libs/(intake|triage|alerts)/)',
    ),
    mayNotReach('jobs-do-not-know-access', lib('jobs'), lib('access')),
    mayNotReach('access-does-not-know-jobs', lib('access'), lib('jobs')),
    ...CAPABILITIES.map((name) =>
      mayNotReach(
        `${name}-imports-no-other-capability`,
        lib(name),
        `^(apps|scripts|migrations|libs/(${CAPABILITIES.filter((one) => one !== name).join('|')})/)`,
      ),
    ),
    ...['api', 'console', 'worker', 'watchdog'].map((name) =>
      mayNotReach(`${name}-imports-no-app`, `^apps/${name}/`, `^(scripts|migrations|apps/(?!${name}/))`),
    ),
    {
      name: 'typeorm-in-the-store',
      severity: 'error',
      from: { pathNot: ['^libs/(store|intake|triage|alerts)/', '^migrations/', '^test/', '^node_modules/'] },
      to: { path: 'node_modules/typeorm/', pathNot: '^libs' },
    },
    {
      name: 'bullmq-in-jobs',
      severity: 'error',
      from: { pathNot: ['^libs/jobs/', '^apps/worker/', '^bench/', '^node_modules/'] },
      to: { path: 'node_modules/bullmq/' },
    },
    {
      name: 'a-lib-by-its-public-face',
      severity: 'error',
      comment: 'Other libs and the apps import #name, not a file within.',
      from: { path: '^(apps|libs)/([^/]+)/', ...notInTests },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$'] },
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
