import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
const moduleOf = (file: string) => file.split('/')[0]!
/** Ingest writes the tables of threads by statements of its own, for speed: the two own them together. */
const ownerOf = (module: string) => (module === 'ingest' ? 'threads' : module)

const owners = new Map<string, string>()
for (const file of files.filter((each) => each.endsWith('/schema.ts')))
  for (const [, table] of readFileSync(src + file, 'utf8').matchAll(/createTable\('(\w+)'/g))
    owners.set(table!, ownerOf(moduleOf(file)))

/** Tables that a file's SQL names: `sql('x as y')`, `.join('x as y'`, `from x`, `join x`, `into x`, `update x`. */
function tablesIn(file: string): Set<string> {
  const text = readFileSync(src + file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const inBuilder = /(?:sql(?:<\w+>)?|[jJ]oin|from|among|ofFacet)\(\s*'(\w+)(?: as \w+)?'/g
  const inText = /\b(?:from|join|into|update)\s+(\w+)\b/g
  const statements = [...text.matchAll(/'[^'\n]*'|`[^`]*`/g)].map(([literal]) => literal)
  const sql = statements
    .filter((literal) => /\b(?:select|insert into|delete from|update)\b/.test(literal))
    .join('\n')
  const named = [...text.matchAll(inBuilder), ...sql.matchAll(inText)].map(([, table]) => table!)
  return new Set(named.filter((table) => owners.has(table)))
}

/**
 * Statements that name tables of another module because one statement must: what they filter by lies in both, and
 * there may be a hundred thousand rows. A new one needs a reason; most want a query that the other module offers.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  // The demo waits until no event and no job is left, and metrics count both: the tables of jobs are what they ask about.
  'cli/demo-community.ts': ['events', 'jobs'],
  'server/metrics.ts': ['events'],
  // A sequence is taken in the transaction that numbers by it.
  'search/schema.ts': ['sequences'],
  // Documents made before they named their threads take them from the articles, in one statement.
  'articles/schema.ts': ['search_documents'],
  // Translations that were published before search knew of them, in one statement.
  'articles/translations/schema.ts': ['search_documents'],
  // Citations become those of passages once, by what their posts say.
  'articles/passages/schema.ts': ['acceptances', 'posts'],
  'triage/sweep.ts': ['sequences'],
  'live/schema.ts': ['sequences'],
  // Its writers, one after the other, count what a day has.
  'search/log/schema.ts': ['jobs', 'sequences'],
  'search/log/search-log-store.ts': ['sequences'],
  'articles/candidates/candidate-store.ts': ['sequences'],
  // Threads that were there before are gone through by a job, which comes with the tables that it fills.
  'articles/candidates/schema.ts': ['jobs', 'sequences', 'threads'],
  'articles/reviews/schema.ts': ['jobs'],
  'articles/phrasings/schema.ts': ['jobs'],
  // What an article is called by is found in one read, through the threads that ask the same.
  'articles/phrasings/phrasing-store.ts': ['thread_links', 'threads'],
  // Threads that rules had sent to queues before there was an inbox come into it, in one statement.
  'community/inbox/schema.ts': ['routing_decisions', 'threads'],
  'operations/system-status.ts': ['events'],
  // The budget of a facet goes with its active version in one read of each classification.
  'models/registry/version-store.ts': ['facets'],
  // What was drawn, labelled and learned from is decided by one comparison of their times.
  'models/training/audit-slice-store.ts': ['annotation_revocations', 'annotations'],
  'models/training/audit-slice.ts': ['annotations'],
  // Unlabelled threads are sampled by a walk over the threads' index.
  'models/training/unlabelled-store.ts': ['threads'],
}

describe('tables', () => {
  it('are each made by one module', () => {
    expect(owners.size).toBeGreaterThan(50)
  })

  it.each(files.filter((file) => file.includes('/')))(
    'are named by the SQL of their own module: %s',
    (file) => {
      const foreign = [...tablesIn(file)].filter((table) => {
        const owner = owners.get(table)
        return owner !== ownerOf(moduleOf(file)) && owner !== moduleOf(file)
      })
      expect(foreign.sort()).toEqual([...(allowed[file] ?? [])].sort())
    },
  )
})
