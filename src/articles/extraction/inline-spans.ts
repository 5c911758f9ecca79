/** Stands for a character that no rule may look at. */
export const MASK = '\ue000'

const SPANS =
  /!?\[[^[\]\n]{0,1000}\]\([^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,1000})?(?: "[^"\n]{0,300}")?\)|<[^<>\s]{1,500}>|https?:\/\/[^\s<>]{1,2000}[^\s<>.,;:!?)'"»]|\$[^$\s][^$\n]{0,500}\$/g
/** Inside quotation marks, emphasis and brackets a sentence does not end. */
const WHOLES =
  /«[^«»\n]{1,400}»|“[^“”\n]{1,400}”|"[^"\n]{1,400}"|\*\*[^*\n]{1,500}\*\*|\*[^*\s][^*\n]{0,400}\*|__[^_\n]{1,500}__|~~[^~\n]{1,500}~~|\([^()\n]{1,400}\)/g

/**
 * Prose in which code, links, pictures, addresses and mathematics are masked, and the marks that would end a sentence
 * inside quotation marks, brackets and emphasis. Every other character keeps its place.
 */
export function maskSpans(prose: string): string {
  const hide = (span: string) => MASK.repeat(span.length)
  return maskCode(prose)
    .replace(SPANS, hide)
    .replace(WHOLES, (span) => span.replace(/(?:[!?…]|\.(?!\d))(?![*_~"”)»\s]*$)/g, MASK))
}

/** Code spans: from a run of backticks to the next run of the same length. */
function maskCode(prose: string): string {
  if (!prose.includes('`')) return prose
  const runs = [...prose.matchAll(/`+/g)].map(({ 0: run, index }) => ({ index, length: run.length }))
  const next = new Map<number, number>()
  const ends = new Array<number | undefined>(runs.length)
  for (let at = runs.length - 1; at >= 0; at -= 1) {
    const { length } = runs[at]!
    ends[at] = next.get(length)
    next.set(length, at)
  }
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < runs.length; at += 1) {
    const end = ends[at]
    if (end === undefined) continue
    const { index } = runs[at]!
    const stop = runs[end]!.index + runs[end]!.length
    parts.push(prose.slice(from, index), MASK.repeat(stop - index))
    from = stop
    at = end
  }
  parts.push(prose.slice(from))
  return parts.join('')
}
