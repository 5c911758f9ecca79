import { orderedId, stableId } from '../platform/index.ts'
import type { Source } from './source-store.ts'

/** The ids that a source's rows have, whenever and however often they are imported. */
export interface SourceIds {
  thread(externalId: string): string
  post(externalId: string): string
  member(externalId: string): string
}

/** Ids remembered a kind: records that refer to each other stand close together. */
const REMEMBERED = 4096

/** Whole numbers as communities count with; JavaScript holds fifteen digits exactly. */
const NUMBER = /^\d{1,15}$/

/** What ids are made of: a source's name, and whether they follow the numbers that the source itself counts with. */
export type Identity = Pick<Source, 'name' | 'orderedIds'>

export function sourceIds(source: Identity): SourceIds {
  return { thread: idsOf('thr', source), post: idsOf('pst', source), member: idsOf('mem', source) }
}

function idsOf(prefix: string, { name, orderedIds }: Identity): (externalId: string) => string {
  const remembered = new Map<string, string>()
  return (externalId) => {
    let id = remembered.get(externalId)
    if (id === undefined) {
      id =
        orderedIds && NUMBER.test(externalId)
          ? orderedId(prefix, Number(externalId), name, externalId)
          : stableId(prefix, name, externalId)
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(externalId, id)
    }
    return id
  }
}
