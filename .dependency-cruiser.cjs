/**
 * The rules of the structure (docs/architecture.md, docs/decisions/0001-modules.md): imports point one way, and a
 * module is met only at its public files.
 */

/** Modules in their order: each may import those before it. */
const modules = [
  'access',
  'sources',
  'ingest',
  'threads',
  'labels',
  'models',
  'search',
  'triage',
  'review',
  'articles',
  'help-centre',
  'community',
  'insight',
  'webhooks',
  'operations',
  'live',
]

/**
 * What no other module may import, beside its routes: stores, except for their types, stay within their module, and
 * so does what handles its jobs.
 */
const privateFiles = '(-store|-routes|/routes|/jobs|-jobs|/schema)\\.ts$'

/** What checks its input against a schema, and is loaded by routes or when it is first used. */
const loadedWithRoutes =
  '^src/(triage/predictions/classify-lines|sources/ndjson/record|ingest/imports/receive-upload)\\.ts$'

const forwardOnly = modules.flatMap((module, position) => {
  const earlier = modules.slice(0, position)
  return [
    {
      name: `${module}-imports-only-earlier-modules`,
      severity: 'error',
      from: { path: `^src/${module}/` },
      to: {
        path: '^src/',
        pathNot: [`^src/(${[module, 'text', 'platform', 'learning', ...earlier].join('|')})/`],
      },
    },
    {
      name: `${module}-uses-no-private-file-of-others`,
      severity: 'error',
      from: { path: `^src/${module}/` },
      to: {
        path: privateFiles,
        pathNot: [`^src/(${[module, 'text', 'platform', 'learning'].join('|')})/`, 'node_modules'],
        dependencyTypesNot: ['type-only'],
      },
    },
  ]
})

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'text-and-platform-import-nothing-of-the-project',
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
      name: 'sources-know-nothing-of-the-database',
      severity: 'error',
      from: { path: '^src/sources/' },
      to: { path: '^src/(platform/database|access)/' },
    },
    {
      name: 'rows-know-nothing-of-what-brings-records',
      severity: 'error',
      from: { path: '^src/ingest/rows/' },
      to: { path: '^src/ingest/(imports|deliveries)/' },
    },
    {
      name: 'evaluation-is-for-the-command-line',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(evaluation|cli)/' },
      to: { path: '^src/evaluation/' },
    },
    {
      name: 'evaluation-imports-learning-and-how-files-are-read',
      severity: 'error',
      from: { path: '^src/evaluation/' },
      to: { path: '^src/', pathNot: '^src/(evaluation|learning|text|platform|sources|models|search)/' },
    },
    {
      name: 'only-routes-load-schemas',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['(routes|schemas|-schema|schema-parts)\\.ts$', '^src/(server|platform)/', loadedWithRoutes],
      },
      to: { path: '(^|/)typebox/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'routes-are-loaded-by-their-module-when-the-server-asks',
      severity: 'error',
      from: { path: '^src/', pathNot: ['(^|[/-])routes\\.ts$'] },
      to: { path: '(^|[/-])routes\\.ts$', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'server-imports-access-text-and-platform-only',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/', pathNot: '^src/(server|platform|text|access)/' },
    },
    {
      name: 'the-root-imports-factories',
      severity: 'error',
      from: { path: '^src/app\\.ts$' },
      to: {
        path: '^src/',
        pathNot: ['^src/[^/]+/create-[^/]+\\.ts$', '^src/migrations\\.ts$', '^src/(server|platform|text)/'],
      },
    },
    {
      name: 'the-list-of-migrations-imports-schemas-only',
      severity: 'error',
      from: { path: '^src/migrations\\.ts$' },
      to: {
        path: '^src/',
        pathNot: '^src/([^/]+/schema|[^/]+/[^/]+/schema|platform/database/migrate)\\.ts$',
      },
    },
    {
      name: 'cli-works-through-the-root-or-a-factory',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: `^src/.*${privateFiles}`, pathNot: '^src/cli/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-cli-or-the-root',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/(cli/|app\\.ts$)' },
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
    {
      name: 'web-and-the-server-meet-at-the-api',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: '^src/web/' },
    },
    {
      name: 'nobody-imports-web',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      // Modules that the build makes.
      to: { couldNotResolve: true, pathNot: '^(virtual:|#api$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
