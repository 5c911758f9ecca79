/**
 * Every page of the workbench: a name for its file, its address, and the role that works there. `first` is a list of
 * the API whose first item the address needs; where there is none, the page is left out. `prepare` opens what has no
 * address.
 */
export const PAGES = [
  { name: 'sign-in', path: '/app/' },
  { name: 'welcome', path: '/app/welcome#not-a-link' },
  { name: 'review', path: '/app/review', role: 'agent' },
  { name: 'review-why', path: '/app/review?why=1&whole=1', role: 'agent' },
  { name: 'review-batches', path: '/app/review/batches', role: 'agent' },
  { name: 'conflicts', path: '/app/conflicts', role: 'supervisor' },
  {
    name: 'conflict',
    path: ({ id }) => `/app/conflicts/${id}`,
    role: 'knowledge-manager',
    first: '/conflicts',
  },
  { name: 'threads', path: '/app/threads', role: 'agent' },
  {
    name: 'threads-open',
    path: ({ id }) => `/app/threads?open=${id}`,
    role: 'knowledge-manager',
    first: '/threads?resolved=true',
  },
  {
    name: 'thread',
    path: ({ id }) => `/app/threads/${id}`,
    role: 'supervisor',
    first: '/threads?resolved=true',
  },
  { name: 'articles', path: '/app/articles', role: 'knowledge-manager' },
  ...['', '/edit', '/revisions'].map((below) => ({
    name: `article${below.replace('/', '-')}`,
    path: ({ id }) => `/app/articles/${id}${below}`,
    role: 'knowledge-manager',
    first: '/articles',
  })),
  { name: 'models', path: '/app/models', role: 'supervisor' },
  ...['', '/labels', '/confusion', '/reliability', '/budget', '/curve', '/compare'].map((below) => ({
    name: `models-category${below.replace('/', '-')}`,
    path: `/app/models/category${below}`,
    role: 'supervisor',
  })),
  { name: 'routing', path: '/app/routing', role: 'supervisor' },
  { name: 'routing-versions', path: '/app/routing/versions', role: 'supervisor' },
  { name: 'watch', path: '/app/watch', role: 'supervisor' },
  ...['alerts', 'audit', 'parity', 'drift', 'topics'].map((below) => ({
    name: `watch-${below}`,
    path: `/app/watch/${below}`,
    role: 'supervisor',
  })),
  { name: 'sources', path: '/app/sources', role: 'admin' },
  {
    name: 'source',
    path: ({ name }) => `/app/sources/${encodeURIComponent(name)}`,
    role: 'admin',
    first: '/sources',
  },
  { name: 'import', path: ({ id }) => `/app/sources/imports/${id}`, role: 'admin', first: '/imports' },
  ...['me', 'facets', 'facets/category', 'people', 'keys', 'webhooks', 'jobs', 'audit', 'system'].map(
    (below) => ({
      name: `settings-${below.replace('/', '-')}`,
      path: `/app/settings/${below}`,
      role: 'admin',
    }),
  ),
  {
    name: 'settings-webhook',
    path: ({ id }) => `/app/settings/webhooks/${id}`,
    role: 'admin',
    first: '/webhooks',
  },
  {
    name: 'palette',
    path: '/app/settings/me',
    role: 'admin',
    prepare: (page) => page.keyboard.press('Control+k'),
  },
  { name: 'keys', path: '/app/review', role: 'agent', prepare: (page) => page.keyboard.press('?') },
  { name: 'not-found', path: '/app/nowhere', role: 'agent' },
]
