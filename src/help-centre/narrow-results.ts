import type { DocumentKind } from '../search/engine/document.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'

/** What a reader has narrowed results to. */
export interface Narrowing {
  readonly kind?: DocumentKind
  readonly topic?: string
  /** The language of the results, where it is not that of the page. */
  readonly in?: SpokenLanguage
}

/** What a choice would leave, made in place of another of its kind. */
export interface Choice<Value extends string = string> {
  readonly value: Value
  readonly count: number
}

/** What results can be narrowed to, the most frequent first. */
export interface Choices {
  readonly kind: readonly Choice<DocumentKind>[]
  readonly topic: readonly Choice[]
  readonly in: readonly Choice<SpokenLanguage>[]
}

interface Readable {
  readonly kind: DocumentKind
  readonly category?: string | undefined
}

/** Topics that a reader chooses among. */
const MOST_TOPICS = 8

/** Results of a kind and a topic, and how many there are of each by the other choice. */
export function narrowResults<T extends Readable>(
  readable: readonly T[],
  { kind, topic }: Narrowing,
): { readonly items: readonly T[] } & Pick<Choices, 'kind' | 'topic'> {
  const ofKind = readable.filter((item) => kind === undefined || item.kind === kind)
  const ofTopic = readable.filter((item) => topic === undefined || item.category === topic)
  const topics = countBy(ofKind.flatMap(({ category }) => category ?? []))
  return {
    items: ofKind.filter((item) => topic === undefined || item.category === topic),
    kind: countBy(ofTopic.map((item) => item.kind)),
    topic: topics.filter(({ value }, at) => at < MOST_TOPICS || value === topic),
  }
}

function countBy<Value extends string>(values: readonly Value[]): Choice<Value>[] {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}
