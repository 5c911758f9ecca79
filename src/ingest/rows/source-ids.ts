import { orderedId, stableId } from '../../platform/ids.ts'

/** The ids of a source's rows; the same at every import. */
interface SourceIds {
  thread(externalId: string): string
  post(externalId: string): string
  member(externalId: string): string
}

/** Ids cached per kind; records that refer to each other are close together in an export. */
const REMEMBERED = 8192

/** Whole numbers, as most communities use; JavaScript represents fifteen digits exactly. */
const NUMBER = /^\d{1,15}$/
/** A number behind a prefix, where a source numbers comments apart from posts. */
const PREFIXED = /^[a-z]{1,20}-(\d{1,15})$/

/** @param source name of the source */
export function sourceIds(source: string): SourceIds {
  return { thread: idsOf('thr', source), post: idsOf('pst', source), member: idsOf('mem', source) }
}

/** Caches the last id per slot; a map of as many entries would cost more than half of what the cache saves. */
function idsOf(prefix: string, source: string): (externalId: string) => string {
  const known = new Array<string>(REMEMBERED).fill('')
  const ids = new Array<string>(REMEMBERED).fill('')
  return (externalId) => {
    const slot = slotOf(externalId)
    if (known[slot] !== externalId || externalId === '') {
      known[slot] = externalId
      ids[slot] = idOf(prefix, source, externalId)
    }
    return ids[slot]!
  }
}

function idOf(prefix: string, source: string, externalId: string): string {
  const number = NUMBER.test(externalId) ? externalId : PREFIXED.exec(externalId)?.[1]
  return number === undefined
    ? stableId(prefix, source, externalId)
    : orderedId(prefix, Number(number), source, externalId)
}

/** Consecutive numbers get different slots. */
function slotOf(externalId: string): number {
  let slot = 0
  for (let at = Math.max(0, externalId.length - 8); at < externalId.length; at++)
    slot = (slot * 10 + externalId.charCodeAt(at)) | 0
  return slot & (REMEMBERED - 1)
}
