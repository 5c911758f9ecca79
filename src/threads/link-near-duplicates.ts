import type { Database } from '../platform/database/database.ts'

/** The kind of links that Entraide found, unlike those that a source states. */
const KIND = 'near-duplicate'

/**
 * Replaces the near-duplicate links of a thread by the found ones. Each link leads from the later question to the earlier
 * one. A pair that the source states to be duplicates gets no second link.
 */
export async function linkNearDuplicates(
  db: Database,
  threadId: string,
  found: readonly { readonly threadId: string; readonly likeness: number }[],
): Promise<void> {
  const links = () => db.sql('thread_links')
  const ofThread = () =>
    links().where((where) => where.where({ from_id: threadId }).orWhere({ to_id: threadId }))
  // Most threads have no links, before and after: they need no transaction.
  if (found.length === 0 && (await ofThread().where({ kind: KIND }).first()) === undefined) return
  await db.transaction(async () => {
    await ofThread().where({ kind: KIND }).delete()
    const stated: { from_id: string; to_id: string }[] = await ofThread().where({ kind: 'duplicate' })
    const known = new Set(stated.flatMap(({ from_id, to_id }) => [from_id, to_id]))
    const asked: { id: string; created_at: string }[] = await db
      .sql('threads')
      .select('id', 'created_at')
      .whereIn('id', [threadId, ...found.map((each) => each.threadId)])
    const age = new Map(asked.map(({ id, created_at }) => [id, `${created_at} ${id}`]))
    const own = age.get(threadId)
    if (own === undefined) return
    const rows = found.flatMap(({ threadId: other, likeness }) => {
      const theirs = age.get(other)
      if (theirs === undefined || known.has(other)) return []
      const [from_id, to_id] = own > theirs ? [threadId, other] : [other, threadId]
      return [{ from_id, to_id, kind: KIND, likeness }]
    })
    if (rows.length > 0) await links().insert(rows).onConflict(['from_id', 'to_id', 'kind']).merge()
  })
}
