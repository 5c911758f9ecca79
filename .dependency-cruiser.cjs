/**
 * The house's rules (docs/decisions/0001-the-house.md): imports point one way, slices are met at their front door.
 */
const slices = [
  'access',
  'sources',
  'threads',
  'labels',
  'models',
  'triage',
  'review',
  'search',
  'articles',
  'webhooks',
  'insight',
]

/** A slice may import `learning`, `text`, `platform`, and earlier slices through their index (HTTP's parts: `http.ts`). */
const forwardOnly = slices.map((slice, position) => ({
  name: `${slice}-imports-only-earlier-slices`,
  severity: 'error',
  from: { path: `^src/${slice}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${slice}/`,
      '^src/(text|platform)/',
      '^src/learning/index',
      ...slices.slice(0, position).map((earlier) => `^src/${earlier}/(index|http)\\.ts$`),
    ],
  },
}))

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'text-and-platform-import-nothing-of-the-house',
      severity: 'error',
      from: { path: '^src/(text|platform)/' },
      to: { path: '^src/', pathNot: '^src/$1/' },
    },
    {
      name: 'learning-imports-only-text',
      severity: 'error',
      from: { path: '^src/learning/' },
      to: { path: '^src/', pathNot: '^src/(learning|text)/' },
    },
    ...forwardOnly,
    {
      name: 'ingest-knows-nothing-of-what-brings-records',
      severity: 'error',
      from: { path: '^src/threads/ingest/' },
      to: { path: '^src/threads/(imports|curation|deliveries)/' },
    },
    {
      name: 'only-what-speaks-http-loads-it',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/compose\\.ts$', '(http|routes|schemas)\\.ts$'] },
      to: { path: '^src/[^/]+/http\\.ts$' },
    },
    {
      name: 'server-imports-access-text-and-platform-only',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/', pathNot: '^src/(server|platform|text)/|^src/access/index\\.ts$' },
    },
    {
      name: 'the-root-imports-slices-and-server-at-their-front-doors',
      severity: 'error',
      from: { path: '^src/compose\\.ts$' },
      to: {
        path: '^src/',
        pathNot: [
          `^src/(${[...slices, 'server', 'platform', 'learning'].join('|')})/index\\.ts$`,
          `^src/(${slices.join('|')})/http\\.ts$`,
          '^src/text/',
          '^src/migrations\\.ts$',
        ],
      },
    },
    {
      name: 'the-list-of-migrations-imports-schemas-only',
      severity: 'error',
      from: { path: '^src/migrations\\.ts$' },
      to: { path: '^src/', pathNot: '^src/([^/]+/schema|platform/index)\\.ts$' },
    },
    {
      name: 'cli-imports-the-root',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/cli/',
          '^src/compose\\.ts$',
          '^src/migrations\\.ts$',
          `^src/(${[...slices, 'server', 'platform', 'learning'].join('|')})/index\\.ts$`,
        ],
      },
    },
    {
      name: 'nobody-imports-cli-or-web',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|web)/' },
      to: { path: '^src/(cli|web)/' },
    },
    {
      name: 'learning-and-text-do-no-io',
      severity: 'error',
      from: { path: '^src/(learning|text)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'natural-only-by-module-path',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/natural/(lib/natural/)?index\\.js$' },
    },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
