import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { FacetSeeded } from './events.ts'
import type { FacetStore } from './facet-store.ts'
import { lockFacet } from './label-queries.ts'
import type { StarterExample, StarterExampleStore } from './starter-example-store.ts'

/** The facet that distinguishes questions from other kinds of posts. */
export const MESSAGE_KIND = 'message-kind'

const DESCRIPTION = 'What the author wants from the community, whatever the subject'
/** Leaves each kind at least 90 % right where posts differ from the starter examples; see docs/decisions/0034-measured-kinds.md. */
export const RISK_BUDGET = 0.07

/** The kinds, with what tells them apart. */
export const KINDS: Readonly<Record<string, string>> = {
  question: 'Asks for help or information, or reports a fault',
  idea: 'Proposes a change or a new feature',
  complaint: 'Expresses dissatisfaction; wants to be heard rather than helped',
  thanks: 'Thanks, praises, or confirms that a problem is solved',
  announcement: 'Informs everyone; expects no answer',
  greeting: 'Says hello or introduces its author; asks nothing',
  sales: 'Offers something for sale, or advertises',
}

const LANGUAGES = ['fr', 'en'] as const
const examplesOf = (language: string) =>
  new URL(`../../fixtures/message-kinds/${language}.csv`, import.meta.url)

interface SeedDeps {
  readonly db: Database
  readonly facets: FacetStore
  readonly starterExamples: StarterExampleStore
  readonly outbox: Outbox
}

/**
 * Creates the facet of message kinds with its labels and starter examples; a release that brings other examples replaces
 * them. What people changed of the facet and its labels is kept. Called at every start, possibly by several processes at
 * once.
 */
export async function ensureMessageKindFacet(deps: SeedDeps): Promise<void> {
  const examples = (await Promise.all(LANGUAGES.map(readExamples))).flat()
  if (await hasExamples(deps, examples)) return
  await deps.db.transaction(async () => {
    const { id } = await deps.facets.ensure(MESSAGE_KIND)
    await lockFacet(deps.db, id)
    if (await hasExamples(deps, examples)) return
    const isNew = (await deps.starterExamples.of(id)).length === 0
    if (isNew) await deps.facets.change(id, { description: DESCRIPTION, riskBudget: RISK_BUDGET })
    const described = await deps.facets.descriptions(id)
    const labels = await deps.facets.ensureLabels(id, Object.keys(KINDS))
    for (const [kind, description] of Object.entries(KINDS))
      if (described[kind] === undefined) await deps.facets.changeLabel(labels.get(kind)!, { description })
    await deps.starterExamples.replace(id, examples, labels)
    const event: FacetSeeded = { type: 'facet.seeded', facet: MESSAGE_KIND, facetId: id }
    await deps.outbox.append(event)
  })
}

type SeedExample = Pick<StarterExample, 'text' | 'label'>

/** Whether the facet has these starter examples and no others. */
async function hasExamples(
  { facets, starterExamples }: SeedDeps,
  examples: readonly SeedExample[],
): Promise<boolean> {
  const facet = (await facets.all()).find(({ name }) => name === MESSAGE_KIND)
  if (facet === undefined) return false
  const stored = new Map((await starterExamples.of(facet.id)).map(({ text, label }) => [text, label]))
  return stored.size === examples.length && examples.every(({ text, label }) => stored.get(text) === label)
}

async function readExamples(language: string): Promise<SeedExample[]> {
  return parse(await readFile(examplesOf(language)), { columns: true, skip_empty_lines: true })
}
