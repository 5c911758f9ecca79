import type { Audience } from '../../../src/access/audience.ts'
import { createInsightStores } from '../../../src/insight/stores.ts'
import type { VersionFigureDeps } from '../../../src/insight/versions/deps.ts'
import { readVersionPredictions } from '../../../src/models/registry/held-out-store.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { newId } from '../../../src/platform/ids.ts'
import { addThreads, supervisor } from '../../labels/support.ts'
import { corpus, type LabelledText } from '../../models/corpus.ts'
import { annotate, setUpModels } from '../../models/support.ts'
import type { TestDatabase } from '../../support/databases.ts'

/** Every seventh question about billing was labelled as one about the network. */
export const misread = ({ label, id }: LabelledText) => (MISREAD.has(id) ? 'network' : label)
const MISREAD = new Set(
  corpus()
    .filter(({ label }) => label === 'billing')
    .filter((_, at) => at % 7 === 3)
    .map(({ id }) => id),
)

/** A trained version with the figures of insight; the French threads are internal, the English ones public. */
export async function setUpVersion(database: Pick<TestDatabase, 'db'>) {
  const models = await setUpModels(database)
  const threads = corpus()
  const inLanguage = (wanted: string) => threads.filter(({ language }) => language === wanted)
  await addThreads(models, inLanguage('en'), { name: 'forum', audience: 'public' })
  await addThreads(models, inLanguage('fr'), { name: 'desk', audience: 'internal' })
  await annotate(models, threads, misread)
  const figures = {
    ...models,
    models: models.registry,
    ...createInsightStores(models.db, models.clock, models.starterExamples, (version) =>
      readVersionPredictions(models, version),
    ),
  } satisfies VersionFigureDeps
  const train = (seed = 1) => trainFacet(models, { facet: 'category', actor: supervisor, seed })
  await train()
  return {
    ...models,
    figures,
    train,
    /** A question about one version, asked by a reader. */
    about: (reader: Audience = 'internal', version = 1) => ({ facet: 'category', version, reader }),

    /** Unlabelled threads of which the active version holds a label likeliest. */
    async wait(ids: readonly string[], label: string, decision: 'assigned' | 'abstained') {
      await addThreads(
        models,
        ids.map((id) => ({ id, title: id })),
        { name: 'forum', audience: 'public' },
      )
      const facet = await models.facets.require('category')
      const version = await models.versions.active(facet.id)
      await models.db.sql('predictions').insert(
        ids.map((threadId) => ({
          thread_id: threadId,
          facet_id: facet.id,
          version_id: version?.id ?? newId('ver', models.clock.now()),
          label,
          confidence: 0.4,
          decision,
          alternatives: '[]',
          budgets: '',
          margin: 0.1,
          entropy: 1,
          created_at: models.clock.now().toISOString(),
        })),
      )
    },
  }
}
