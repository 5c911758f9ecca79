import { orderedId, stableId } from '../../platform/ids.ts'

/** The ids that a source's rows have, whenever and however often they are imported. */
interface SourceIds {
  thread(externalId: string): string
  post(externalId: string): string
  member(externalId: string): string
}

/** Ids remembered a kind: records that refer to each other stand close together. */
const REMEMBERED = 8192

/** Whole numbers as communities count with; JavaScript holds fifteen digits exactly. */
const NUMBER = /^\d{1,15}$/
/** The same behind what tells comments from posts, where those are counted apart. */
const PREFIXED = /^[a-z]{1,20}-(\d{1,15})$/

/** @param source name of the source */
export function sourceIds(source: string): SourceIds {
  return { thread: idsOf('thr', source), post: idsOf('pst', source), member: idsOf('mem', source) }
}

/** Remembers by place, the last id that came there: a map of as many would cost more than half of what it saves. */
function idsOf(prefix: string, source: string): (externalId: string) => string {
  const known = new Array<string>(REMEMBERED).fill('')
  const ids = new Array<string>(REMEMBERED).fill('')
  return (externalId) => {
    const place = placeOf(externalId)
    if (known[place] !== externalId || externalId === '') {
      known[place] = externalId
      ids[place] = idOf(prefix, source, externalId)
    }
    return ids[place]!
  }
}

function idOf(prefix: string, source: string, externalId: string): string {
  const number = NUMBER.test(externalId) ? externalId : PREFIXED.exec(externalId)?.[1]
  return number === undefined
    ? stableId(prefix, source, externalId)
    : orderedId(prefix, Number(number), source, externalId)
}

/** Neighbours have places of their own. */
function placeOf(externalId: string): number {
  let place = 0
  for (let at = Math.max(0, externalId.length - 8); at < externalId.length; at++)
    place = (place * 10 + externalId.charCodeAt(at)) | 0
  return place & (REMEMBERED - 1)
}
