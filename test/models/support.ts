import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createArtefactStore } from '../../src/models/registry/artefact-store.ts'
import { createHeldOutStore } from '../../src/models/registry/held-out-store.ts'
import { createModelRegistry } from '../../src/models/registry/model-registry.ts'
import { createVersionStore } from '../../src/models/registry/version-store.ts'
import { createAuditSliceStore } from '../../src/models/training/audit-slice-store.ts'
import { createUnlabelledStore } from '../../src/models/training/unlabelled-store.ts'
import { addThreads, agent, setUpLabels } from '../labels/support.ts'
import type { TestDatabase } from '../support/databases.ts'
import { corpus, type LabelledText, SUBJECTS } from './corpus.ts'

/** Everything of models on a database. */
export async function setUpModels(database: Pick<TestDatabase, 'db'>) {
  const labels = await setUpLabels(database)
  const lines: [object, string][] = []
  const log = {
    error: (details: object, message: string) => void lines.push([details, message]),
    info: (details: object, message: string) => void lines.push([details, message]),
  }
  return {
    ...labels,
    home: join(tmpdir(), 'entraide-models'),
    versions: createVersionStore(labels.db, labels.clock),
    artefacts: createArtefactStore(labels.db),
    heldOut: createHeldOutStore(labels.db),
    auditSlice: createAuditSliceStore(labels.db, labels.clock),
    unlabelled: createUnlabelledStore(labels.db, 0),
    registry: createModelRegistry(labels.db, labels.facets),
    retrainAfter: 25,
    log,
    lines,
  }
}

export type ModelTestDeps = Awaited<ReturnType<typeof setUpModels>>

/** Adds threads with verdicts of an agent on `category`; all of the corpus unless told. */
export async function addLabelled(
  deps: ModelTestDeps,
  threads: readonly LabelledText[] = corpus(),
  labelOf: (thread: LabelledText) => string = ({ label }) => label,
  verdict: VerdictKind = {},
): Promise<void> {
  await addThreads(deps, threads)
  await annotate(deps, threads, labelOf, verdict)
}

interface VerdictKind {
  readonly blind?: boolean
  readonly provenance?: 'agent' | 'import'
}

/** An agent's verdicts on threads that are there. */
export async function annotate(
  deps: ModelTestDeps,
  threads: readonly LabelledText[],
  labelOf: (thread: LabelledText) => string = ({ label }) => label,
  { blind = false, provenance = 'agent' }: VerdictKind = {},
): Promise<void> {
  const facet = await deps.facets.require('category')
  const ids = await deps.facets.ensureLabels(facet.id, [...new Set([...SUBJECTS, ...threads.map(labelOf)])])
  for (let from = 0; from < threads.length; from += 200)
    await deps.annotations.append(
      threads.slice(from, from + 200).map((thread) => ({
        threadId: thread.id,
        facetId: facet.id,
        labelId: ids.get(labelOf(thread))!,
        provenance,
        blind,
      })),
      agent,
    )
}
