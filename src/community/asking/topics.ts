import type { Audience } from '../../access/audience.ts'
import type { Articles } from '../../articles/create-articles.ts'
import type { Settings } from '../../help-centre/settings/settings.ts'
import { CATEGORY } from '../../labels/facet.ts'
import type { SpokenLanguage } from '../../text/language/preferred-language.ts'
import type { Triage } from '../../triage/create-triage.ts'

export interface TopicDeps {
  readonly published: Pick<Articles['published'], 'categories'>
  readonly classifyPost: Triage['classifyPost']
  readonly predictions: Pick<Triage['predictions'], 'of'>
}

/**
 * The categories that an asker may choose among: those that have articles for the reader, and those that the company
 * named for customers. What colleagues call things among themselves is never shown.
 */
export async function topicsFor(
  { published }: Pick<TopicDeps, 'published'>,
  { topics }: Pick<Settings, 'topics'>,
  language: SpokenLanguage,
  reader: Audience,
): Promise<string[]> {
  const browsed = (await published.categories(language, reader)).flatMap(({ category }) => category ?? [])
  return [...new Set([...topics.map(({ category }) => category), ...browsed])]
}

/** The topic that the model would give the words, among those that may be shown; undefined where it abstains. */
export async function proposeTopic(
  { classifyPost }: Pick<TopicDeps, 'classifyPost'>,
  { title, body }: { readonly title: string; readonly body: string },
  among: readonly string[],
): Promise<string | undefined> {
  if (`${title}${body}`.trim() === '') return undefined
  const { predictions } = await classifyPost({ title, body }, 'public')
  return shown(predictions, among)
}

/** The topic that the thread of a question was given, among those that may be shown. */
export async function topicOfThread(
  { predictions }: Pick<TopicDeps, 'predictions'>,
  threadId: string,
  among: readonly string[],
): Promise<string | undefined> {
  return shown((await predictions.of([threadId])).get(threadId) ?? [], among)
}

function shown(
  predictions: readonly { readonly facet: string; readonly label: string; readonly decision: string }[],
  among: readonly string[],
): string | undefined {
  const found = predictions.find(({ facet, decision }) => facet === CATEGORY && decision !== 'abstained')
  return found !== undefined && among.includes(found.label) ? found.label : undefined
}
