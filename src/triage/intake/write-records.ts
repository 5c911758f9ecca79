import type { SourceRecord } from '../../sources/record.ts'
import type { IntakeDeps } from '../deps.ts'
import { triageErrors } from '../errors.ts'
import { noticeOf } from '../predictions/classify-post.ts'
import { readTriage, type ThreadTriage } from '../read-triage.ts'
import { triageThreads } from '../triage-threads.ts'

/** What a request changed of what it states. */
export type Outcome = 'new' | 'changed' | 'unchanged'

/** A stored thread with what was predicted and decided of it. */
export interface StoredThread extends Pick<ThreadTriage, 'predictions' | 'routing'> {
  readonly threadId: string
  readonly outcome: Outcome
  readonly language: string
  /** The thread that an agent merged it into; predictions and routing are that one's. */
  readonly mergedInto?: string
  /** Present when no facet has an active model, or when one cannot be read. */
  readonly notice?: string
}

/**
 * Writes records into a source, all or none.
 *
 * @throws CodedError POST_SOURCE_REFUSED with the reason why a record cannot be stored
 */
export async function writeRecords(
  { applyRecords }: Pick<IntakeDeps, 'applyRecords'>,
  source: string,
  records: readonly SourceRecord[],
) {
  const applied = await applyRecords({
    source,
    records: records.map((record) => ({ outcome: 'record', record, place: { file: 'request' } })),
  })
  const [rejection] = applied.rejections
  if (rejection !== undefined)
    throw triageErrors.POST_SOURCE_REFUSED({ reason: rejection.reason, of: rejection.code })
  return applied
}

/** Classifies and routes a stored thread now, rather than when the job of its event comes. */
export async function routeStored(
  deps: IntakeDeps,
  threadId: string,
  outcome: Outcome,
): Promise<StoredThread> {
  const thread = await deps.threads.require(threadId, 'internal')
  const shown = thread.mergedInto ?? threadId
  await triageThreads(deps, [shown])
  const { predictions, routing } = await readTriage(deps, shown, thread.source)
  const models = await deps.models.active()
  return {
    threadId,
    outcome,
    language: thread.language,
    mergedInto: thread.mergedInto,
    predictions,
    routing,
    notice: noticeOf(models.length, deps.models.unreadable()),
  }
}
