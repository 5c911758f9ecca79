import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { commandLine } from '../access/actor.ts'
import type { App } from '../app.ts'
import { readerOf } from '../articles/readable-articles.ts'
import { CATEGORY } from '../labels/facet.ts'
import { MESSAGE_KIND } from '../labels/message-kind.ts'
import type { TrainingProgress } from '../learning/training/train-classifier.ts'
import { stableId } from '../platform/ids.ts'
import type { Thread } from '../threads/thread.ts'
import { AUDITED_NEEDED } from '../triage/measurements/measurement.ts'
import { demoAccuracy } from './demo-accuracy.ts'
import { nameHelpCentre } from './demo-help-centre.ts'
import type { DemoExample } from './demo-lines.ts'
import { everyPage } from './open-app.ts'
import type { TrainingDisplay } from './progress.ts'

const fixtures = new URL('../../fixtures/demo/', import.meta.url)
/** Two communities, and questions that agents labelled in the past: the model's first lessons. */
const EXPORTS = [
  { source: 'brumelis-fr', format: 'ndjson', file: 'community-fr.ndjson', audience: 'public' },
  { source: 'brumelis-en', format: 'ndjson', file: 'community-en.ndjson', audience: 'public' },
  { source: 'past-questions-fr', format: 'csv', file: 'questions-fr.csv', audience: 'internal' },
  { source: 'past-questions-en', format: 'csv', file: 'questions-en.csv', audience: 'internal' },
] as const
const COMMUNITIES = EXPORTS.filter(({ format }) => format === 'ndjson')
const FACETS = [CATEGORY, 'urgency', 'sensitivity']
/** With 60 examples a label, 5 % wrong could be promised of nothing; a supervisor would begin like this. */
const CATEGORY_BUDGET = 0.3
const ARTICLES_A_COMMUNITY = 5
const LOCKS_SHOWN = 3
/** Private and sad threads stay with the company: those labelled so, and those that are more likely so than not. */
const PROTECTED = { facet: 'sensitivity', label: 'sensitive', protectFrom: 0.5 }

const example: DemoExample = {
  corrected: { id: stableId('thr', 'brumelis-fr', 'fr-t040'), label: 'billing' },
  promoted: { id: stableId('thr', 'brumelis-fr', 'fr-t017'), query: 'quand prévenir pour un déménagement' },
}

interface Demo {
  readonly summary: readonly string[]
  readonly example: DemoExample
}

/** Brings the demo community to life: what is there already is kept, so that a second start finds little to do. */
export async function prepareDemo(
  app: App,
  onStep: (step: string) => void,
  showTraining: () => TrainingDisplay,
): Promise<Demo> {
  onStep('Importing the community')
  for (const { source, format, file, audience } of EXPORTS) {
    const paths = [fileURLToPath(new URL(file, fixtures))]
    await app.ingest.importThreads({ format, paths, source, audience, actor: commandLine })
    const { id: sourceId } = await app.ingest.sources.require(source)
    await app.labels.labelImportedThreads({ sourceId, actor: commandLine })
  }
  await protectOnce(app)
  onStep('Training')
  await trainOnce(app, showTraining)
  onStep('Routing')
  await settled(app)
  onStep('Publishing')
  await publishSome(app)
  await nameHelpCentre(app)
  await addSynonyms(app)
  return { summary: await summarise(app), example }
}

/** Once: a knowledge manager may have changed them since. */
async function addSynonyms({ search }: App): Promise<void> {
  if ((await search.synonyms.current()).version > 0) return
  const text = readFileSync(new URL('synonyms.txt', fixtures), 'utf8')
  await search.saveSynonyms({ change: { text }, basedOn: 0, actor: commandLine })
}

/** Once: a supervisor may have changed it since. */
async function protectOnce({ labels, models }: App): Promise<void> {
  const facet = await labels.facets.require(PROTECTED.facet)
  if ((await models.versions.latest(facet.id)) !== undefined) return
  await labels.changeLabel({ ...PROTECTED, actor: commandLine })
}

async function trainOnce({ labels, models }: App, showTraining: () => TrainingDisplay): Promise<void> {
  const untrained: string[] = []
  for (const name of FACETS) {
    const facet = await labels.facets.require(name)
    if ((await models.versions.latest(facet.id)) === undefined) untrained.push(name)
  }
  if (untrained.length === 0) return
  const display = showTraining()
  try {
    for (const [training, facet] of untrained.entries()) {
      if (facet === CATEGORY)
        await labels.changeFacet({ facet, riskBudget: CATEGORY_BUDGET, actor: commandLine })
      const onProgress = (progress: TrainingProgress) =>
        display.update({ training, trainings: untrained.length, ...progress }, facet)
      await models.trainFacet({ facet, actor: commandLine, onProgress })
    }
  } finally {
    display.stop()
  }
}

/** Waits until no event is unheard and no job is due. */
async function settled({ platform: { db, clock } }: App): Promise<void> {
  // In one transaction, or work could pass from one table to the other between two looks.
  const isQuiet = () =>
    db.transaction(async () => {
      const unheard = await db.sql('events').select('id').first()
      const now = clock.now().toISOString()
      const due = await db
        .sql('jobs')
        .where((job) =>
          job
            .where({ status: 'running' })
            .orWhere((queued) => queued.where({ status: 'queued' }).where('run_at', '<=', now)),
        )
        .first('id')
      return unheard === undefined && due === undefined
    })
  while (!(await isQuiet())) await sleep(50)
}

/** Once, the best-voted resolved threads of each community become public articles; customers see no locked ones. */
async function publishSome({ articles, threads }: App): Promise<void> {
  if ((await articles.articles.list({ reader: readerOf(commandLine), limit: 1 })).items.length > 0) return
  for (const { source } of COMMUNITIES) {
    const resolved = await everyPage((page) =>
      threads.list({ reader: 'public', source, resolved: true, ...page }),
    )
    const others = resolved.filter(({ id }) => id !== example.promoted.id)
    const ranked = await Promise.all(
      others.map(async (thread) => ({ thread, votes: await votesFor(thread) })),
    )
    ranked.sort((a, b) => b.votes - a.votes)
    for (const { thread } of ranked.slice(0, ARTICLES_A_COMMUNITY)) {
      const { article } = await articles.promoteThread({ threadId: thread.id, actor: commandLine })
      await waiveFindings(article.id)
      await articles.publishArticle({ id: article.id, audience: 'public', actor: commandLine })
    }
  }

  /** The company's own invented addresses stand in some of them: read through, and meant to be seen. */
  async function waiveFindings(id: string): Promise<void> {
    const text = { id, draft: false, actor: commandLine }
    const { version, findings } = await articles.showPersonalData(text)
    const decisions = findings.map(({ id: finding }) => ({
      finding,
      reason: 'An address of Brumelis itself',
    }))
    if (decisions.length > 0) await articles.decideOnFindings({ ...text, version, decisions })
  }

  async function votesFor(thread: Thread): Promise<number> {
    const posts = await threads.postsOf(thread.id, 'public')
    return Math.max(...posts.filter(({ accepted }) => accepted).map(({ votes }) => votes?.up ?? 0))
  }
}

async function summarise(app: App): Promise<string[]> {
  const { threads, triage, models, articles, labels } = app
  const stored = await everyPage((page) => threads.list({ reader: 'internal', ...page }))
  const inCommunity = (thread: Thread) => COMMUNITIES.some(({ source }) => source === thread.source)
  const all = stored.filter(inCommunity)
  const past = stored.filter((thread) => !inCommunity(thread))
  const ids = all.map(({ id }) => id)
  const predictions = await triage.predictions.of(ids)
  const decisions = await triage.decisions.currentOf(ids)
  const category = await labels.facets.require(CATEGORY)
  const labelled = await labels.threadLabels.labelsOf(ids)
  const unlabelled = ids.filter((id) => !labelled.get(id)?.some(({ facet }) => facet === CATEGORY))
  const sure = unlabelled.filter((id) =>
    predictions.get(id)?.some(({ facet, decision }) => facet === CATEGORY && decision === 'assigned'),
  )
  const suggested = ids.filter((id) =>
    predictions
      .get(id)
      ?.some(
        ({ facet, label, decision }) =>
          facet === MESSAGE_KIND && label !== 'question' && decision === 'assigned',
      ),
  ).length
  const version = await models.versions.active(category.id)
  const standing = version && (await models.standingOf({ facet: category, version }))
  const published = await everyPage((page) =>
    articles.articles.list({ reader: readerOf(commandLine), confidence: 'validated', ...page }),
  )
  const locked = await everyPage((page) => threads.protections.list(page))
  const unreleased = locked.filter(({ state }) => state !== 'released')
  const destinations = new Map<string, number>()
  for (const { destination } of decisions.values()) {
    const name =
      destination.kind === 'community' ? 'the community' : `${destination.kind} ${destination.name}`
    destinations.set(name, (destinations.get(name) ?? 0) + 1)
  }
  const routed = [...destinations].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${count} to ${name}`)
  return [
    `${all.length} threads in French and English, ${all.filter(({ resolved }) => resolved).length} of them resolved; agents labelled ${past.length} past questions`,
    version === undefined
      ? 'No version of the category model is active'
      : `Category model, version ${version.number}: ${version.reason}`,
    ...(standing === undefined ? [] : [standing.summary.en]),
    ...(await demoAccuracy(app, category)),
    `${unlabelled.length} threads arrived without a label: the model categorised ${sure.length} and left ${unlabelled.length - sure.length} to agents`,
    `Routed: ${routed.join(', ')}`,
    `Message kinds: ${suggested} threads have one suggested; none is acted on before ${AUDITED_NEEDED} threads of its community were audited`,
    `${published.length} articles published`,
    `${unreleased.length} sensitive threads are locked: no customer sees them, and none becomes an article before two people release it:`,
    ...unreleased.slice(0, LOCKS_SHOWN).map(({ title }) => `  locked: ${title}`),
    `  all of them: npx entraide protections list`,
  ]
}
