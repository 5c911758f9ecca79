import type { Filters } from '../filters.ts'
import { type ListedThread, statusOf } from '../thread.ts'

/**
 * Whether a loaded thread is let through by filters, as far as its row tells: the list answers at once with what it
 * knows, until the server's answer comes. The words searched for, the author and the age are left to the server.
 */
export function mayBeAmong(filters: Filters): (thread: ListedThread) => boolean {
  const byFacet = new Map<string, string[]>()
  for (const each of filters.label) {
    const [facet, label] = onFacet(each)
    byFacet.set(facet, [...(byFacet.get(facet) ?? []), label])
  }
  const { status, source, language, destination, decision, reason, labelBasis = 'any' } = filters
  const [kind, name] = destination === undefined ? [] : onFacet(destination)
  return (thread) =>
    (status === undefined || statusOf(thread) === status) &&
    (source === undefined || thread.source === source) &&
    (language === undefined || thread.language === language) &&
    (kind === undefined ||
      (thread.routing?.destination.kind === kind &&
        (name === '' || thread.routing.destination.name === name))) &&
    (decision === undefined || predictionHas(thread, decision, 'decision')) &&
    (reason === undefined || predictionHas(thread, reason, 'reason')) &&
    filters.unlabelled.every((facet) => !thread.labels.some((each) => each.facet === facet)) &&
    [...byFacet].every(([facet, labels]) => labels.includes(labelOn(thread, facet, labelBasis) ?? ''))
}

function labelOn({ labels, predictions }: ListedThread, facet: string, basis: string): string | undefined {
  const given = labels.find((each) => each.facet === facet)?.label
  const predicted = predictions.find((each) => each.facet === facet)?.label
  return basis === 'given' ? given : basis === 'predicted' ? predicted : (given ?? predicted)
}

function predictionHas({ predictions }: ListedThread, wanted: string, field: 'decision' | 'reason'): boolean {
  const [facet, value] = onFacet(wanted)
  return predictions.some((each) => each.facet === facet && each[field] === value)
}

/** `category:billing` as its two parts; without a colon, the second is empty. */
export function onFacet(text: string): readonly [facet: string, value: string] {
  const at = text.indexOf(':')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
