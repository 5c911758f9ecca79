import { stableId } from '../platform/index.ts'

/** The ids that a source's rows have, whenever and however often they are imported. */
export interface SourceIds {
  thread(externalId: string): string
  post(externalId: string): string
  member(externalId: string): string
}

/** Ids remembered a kind: records that refer to each other stand close together. */
const REMEMBERED = 4096

export function sourceIds(source: string): SourceIds {
  return { thread: idsOf('thr', source), post: idsOf('pst', source), member: idsOf('mem', source) }
}

function idsOf(prefix: string, source: string): (externalId: string) => string {
  const remembered = new Map<string, string>()
  return (externalId) => {
    let id = remembered.get(externalId)
    if (id === undefined) {
      id = stableId(prefix, source, externalId)
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(externalId, id)
    }
    return id
  }
}
