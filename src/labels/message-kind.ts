import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Database } from '../platform/database/database.ts'
import type { Outbox } from '../platform/jobs/events.ts'
import type { FacetSeeded } from './events.ts'
import type { FacetStore } from './facet-store.ts'
import type { StarterExampleStore } from './starter-example-store.ts'

/** The facet that distinguishes questions from other kinds of posts. */
export const MESSAGE_KIND = 'message-kind'

const DESCRIPTION = 'What the author wants from the community, whatever the subject'
/** Higher than the default: a misplaced idea costs a reader a minute, not a customer an answer. */
const RISK_BUDGET = 0.1

const KINDS: Readonly<Record<string, string>> = {
  question: 'Asks for help or information',
  idea: 'Proposes a change or a new feature',
  complaint: 'Expresses dissatisfaction; wants to be heard rather than helped',
  thanks: 'Thanks, praises, or confirms that a problem is solved',
  announcement: 'Informs everyone; expects no answer',
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
 * Creates the facet of message kinds with its labels and starter examples, once: later changes by people are kept.
 * Called at every start, possibly by several processes at once.
 */
export async function ensureMessageKindFacet(deps: SeedDeps): Promise<void> {
  if (await isSeeded(deps)) return
  const examples = (await Promise.all(LANGUAGES.map(readExamples))).flat()
  await deps.db.transaction(async () => {
    const { id } = await deps.facets.ensure(MESSAGE_KIND)
    if ((await deps.starterExamples.of(id)).length > 0) return
    await deps.facets.change(id, { description: DESCRIPTION, riskBudget: RISK_BUDGET })
    const labels = await deps.facets.ensureLabels(id, Object.keys(KINDS))
    for (const [kind, description] of Object.entries(KINDS))
      await deps.facets.changeLabel(labels.get(kind)!, { description })
    await deps.starterExamples.add(id, examples, labels)
    const event: FacetSeeded = { type: 'facet.seeded', facet: MESSAGE_KIND, facetId: id }
    await deps.outbox.append(event)
  })
}

async function isSeeded({ facets, starterExamples }: SeedDeps): Promise<boolean> {
  const facet = (await facets.all()).find(({ name }) => name === MESSAGE_KIND)
  return facet !== undefined && (await starterExamples.of(facet.id)).length > 0
}

async function readExamples(language: string): Promise<{ text: string; label: string }[]> {
  return parse(await readFile(examplesOf(language)), { columns: true, skip_empty_lines: true })
}
