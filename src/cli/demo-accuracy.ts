import { fileURLToPath } from 'node:url'
import type { App } from '../app.ts'
import { readLabelledFile } from '../evaluation/labelled-file.ts'
import type { Facet } from '../labels/facet.ts'
import type { Example } from '../models/training/training-example.ts'
import { threadText } from '../text/thread-text.ts'
import { english } from '../text/wording.ts'

const fixtures = new URL('../../fixtures/demo/', import.meta.url)
/** Everyday questions that name their subject, which no model of the demo learns from. */
const PLAIN_POSTS = ['plain-posts-fr.csv', 'plain-posts-en.csv']
/** Posts whose most similar labelled one is looked for, and how long to wait until labelled posts are read. */
const COMPARED = 200
const PATIENCE_MS = 60_000

/**
 * How often the active model of a facet is right on posts of the demo's own kind, by held-out predictions, and on plain
 * ones; and how similar either are to what it learned from, which is why the two differ.
 *
 * @returns lines for people; none without an active model
 */
export async function demoAccuracy({ models, threads }: App, facet: Facet): Promise<string[]> {
  const version = await models.versions.active(facet.id)
  const model = (await models.registry.active()).find(({ facetId }) => facetId === facet.id)
  if (version === undefined || model === undefined) return []
  const own = await models.readHeldOutPredictions(version)
  const plain = await readPlainPosts()
  const similar = models.createSimilarExamples({ patienceMs: PATIENCE_MS })

  /** Cosine of a text and the labelled post most similar to it, itself excepted. */
  async function likeness(text: string, threadId?: string): Promise<number> {
    const found = (await similar.find(model!, text, { reader: 'internal', limit: 2 })) ?? []
    return found.find((each) => each.threadId === undefined || each.threadId !== threadId)?.score ?? 0
  }

  const ownIds = own.slice(0, COMPARED).map(({ id }) => id)
  const likenessOfOwn: number[] = []
  for (const thread of await threads.facts(ownIds))
    likenessOfOwn.push(await likeness(threadText(thread), thread.id))
  const likenessOfPlain: number[] = []
  for (const { text } of plain) likenessOfPlain.push(await likeness(text))
  const rightOfOwn = shareOf(own, ({ truth, label }) => truth === label)
  const rightOfPlain = shareOf(plain, ({ text, label }) => model.classifier.classify(text).label === label)
  return [
    `It is right on ${english.percent(rightOfOwn)} of the demo’s own ${own.length} labelled posts (each predicted by a model that had not seen it), and on ${english.percent(rightOfPlain)} of ${plain.length} plain posts that it never sees, such as “${plain[0]?.text}”.`,
    `The two differ because of how they are written: no two posts of the demo ask the same in the same words, and few name their subject, so that what was learned from others helps little. The labelled post most similar to one of the demo has a cosine of ${english.decimal(median(likenessOfOwn), 2)} with it, to a plain one of ${english.decimal(median(likenessOfPlain), 2)} (medians). Communities in which the same is asked again and again are closer to the plain posts.`,
  ]
}

async function readPlainPosts(): Promise<Example[]> {
  const files = PLAIN_POSTS.map((name) => readLabelledFile(fileURLToPath(new URL(name, fixtures))))
  return (await Promise.all(files)).flatMap(({ examples }) => examples)
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length)
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
