import { stableId } from '../platform/index.ts'
import { envelope } from './delivery.ts'
import type { TellDeps } from './deps.ts'
import { type Endpoint, type Subject, wants } from './endpoint.ts'
import { pruneInTime } from './prune.ts'

/** Something that receivers may want to know of. */
export interface News {
  readonly subject: Subject
  /** What tells it from all other news of its type, the same however often it is told. */
  readonly key: readonly string[]
  readonly timestamp: string
  readonly data: object
}

/**
 * Makes news into messages to whoever wants them, in one transaction; told again, they are the same messages. Nothing
 * is composed while nobody listens.
 *
 * @param compose gives the news; it may leave out at once what `isWanted` says nobody is to be told of
 */
export async function tell(
  deps: TellDeps,
  compose: (isWanted: (subject: Subject) => boolean) => Promise<readonly News[]>,
): Promise<void> {
  await deps.db.transaction(async () => {
    const endpoints = await deps.endpoints.enabled()
    if (endpoints.length === 0) return
    const news = await compose((subject) => endpoints.some((endpoint) => wants(endpoint, subject)))
    const told = news.flatMap((each) => {
      const endpointIds = endpoints.filter((endpoint) => wants(endpoint, each.subject)).map(idOf)
      return endpointIds.length === 0 ? [] : [{ message: messageOf(each), endpointIds }]
    })
    if (told.length === 0) return
    await deps.deliveries.add(told)
    await pruneInTime(deps)
    deps.db.afterCommit(deps.wake)
  })
}

const idOf = ({ id }: Endpoint) => id

function messageOf({ subject, key, timestamp, data }: News) {
  const { type, audience } = subject
  const id = stableId('msg', type, ...key)
  return { id, type, audience, payload: envelope(type, timestamp, data) }
}
