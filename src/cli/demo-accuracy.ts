import { fileURLToPath } from 'node:url'
import type { App } from '../app.ts'
import { readLabelledFile } from '../evaluation/labelled-file.ts'
import type { Facet } from '../labels/facet.ts'
import { likeliestOf } from '../learning/classifier.ts'
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
 * ones; and for how many the most similar labelled post has the same label, which is why the two differ.
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

  /** Whether the labelled post most similar to a text, itself excepted, has this label. */
  async function nearestHas(label: string | undefined, text: string, threadId?: string): Promise<boolean> {
    const found = (await similar.find(model!, text, { reader: 'internal', limit: 2 })) ?? []
    return found.find((each) => each.threadId === undefined || each.threadId !== threadId)?.label === label
  }

  const truths = new Map(own.slice(0, COMPARED).map(({ id, truth }) => [id, truth]))
  const nearestOfOwn: boolean[] = []
  for (const thread of await threads.facts([...truths.keys()]))
    nearestOfOwn.push(await nearestHas(truths.get(thread.id), threadText(thread), thread.id))
  const nearestOfPlain: boolean[] = []
  for (const { text, label } of plain) nearestOfPlain.push(await nearestHas(label, text))
  const rightOfOwn = shareOf(own, ({ truth, label }) => truth === label)
  const rightOfPlain = shareOf(
    plain,
    ({ text, label }) => likeliestOf(model.classifier.classify(text)).label === label,
  )
  return [
    `It is right on ${english.percent(rightOfOwn)} of the demo’s own ${own.length} labelled posts (each predicted by a model that had not seen it), and on ${english.percent(rightOfPlain)} of ${plain.length} plain posts that it never sees, such as “${plain[0]?.text}”.`,
    `The two differ because of how they are written: no two posts of the demo ask the same in the same words, and few name their subject, so that what was learned from others carries over less often. The most similar other labelled post has the same label for ${english.percent(shareOf(nearestOfOwn, Boolean))} of the demo’s posts and for ${english.percent(shareOf(nearestOfPlain, Boolean))} of the plain ones. Communities in which the same is asked again and again are closer to the plain posts.`,
  ]
}

async function readPlainPosts(): Promise<Example[]> {
  const files = PLAIN_POSTS.map((name) => readLabelledFile(fileURLToPath(new URL(name, fixtures))))
  return (await Promise.all(files)).flatMap(({ examples }) => examples)
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / Math.max(1, items.length)
}
