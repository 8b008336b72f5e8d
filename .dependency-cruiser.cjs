// What may import what. Source: README, "The house".
const domain = (name, mayUse) => ({
  name: `${name}-imports`,
  comment: `${name} may use only: ${mayUse.join(', ') || 'no other domain'}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: { path: `^src/(?!(${[name, 'shared', 'platform', 'journal', ...mayUse].join('|')})/)[^/]+/` },
})
const those = ['directory', 'policy', 'deadlines', 'people']
const only = (library, places) => ({
  name: `${library}-only-in-its-place`,
  severity: 'error',
  from: { path: '^(src|workers)/', pathNot: places },
  to: { path: `node_modules/${library}/`, dependencyTypesNot: ['type-only'] },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^(src|workers)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-stands-alone',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/(?!shared/)' },
    },
    {
      name: 'platform-knows-no-domain',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(?!(shared|platform)/)' },
    },
    {
      name: 'journal-knows-no-domain',
      severity: 'error',
      from: { path: '^src/journal/' },
      to: { path: '^src/(?!(shared|platform|journal)/)' },
    },
    {
      name: 'domains-through-their-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/(app|platform|shared)/' },
      to: {
        path: '^src/(?!(shared|platform)/)([^/]+)/',
        pathNot: [
          '^src/$1/',
          '^src/[^/]+/index[.]ts$',
          '^src/routing/place/index[.]ts$',
          '^src/directory/divisions/index[.]ts$',
        ],
      },
    },
    domain('directory', []),
    domain('ledger', []),
    domain('policy', ['directory']),
    domain('deadlines', ['policy']),
    domain('people', ['directory']),
    domain('cases', those),
    domain('routing', ['cases', ...those]),
    domain('intake', ['routing', 'cases', ...those]),
    domain('aid', ['routing', 'cases', 'ledger', ...those]),
    domain('conference', ['aid', 'referrals', 'cases', ...those]),
    domain('hotline', ['intake', 'routing', 'cases', 'aid', ...those]),
    domain('notifications', ['intake', 'routing', 'cases', 'aid', 'conference', 'hotline', 'ledger', ...those]),
    domain('reports', [
      'intake',
      'routing',
      'cases',
      'aid',
      'conference',
      'hotline',
      'ledger',
      'notifications',
      ...those,
    ]),
    only('express', ['-routes[.]ts$', '^src/app/', '^src/platform/http/']),
    only('mongoose', ['-model[.]ts$', '-store[.]ts$', '^src/platform/mongo/', '^src/journal/']),
    only('bull', ['^src/platform/queues/', '^workers/']),
    only('socket.io', ['^src/realtime/', '^src/app/']),
    only('twilio', ['^src/platform/telephony/']),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|var|src/browser)' },
  },
}
