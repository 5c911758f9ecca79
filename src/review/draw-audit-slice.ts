import { drawnForAudit } from '../models/index.ts'
import type { ReviewDeps } from './deps.ts'

/** Draws the share of threads for the audit slice: the same ones, however often it is done. */
export async function drawAuditSlice(
  { auditSlice, auditShare }: Pick<ReviewDeps, 'auditSlice' | 'auditShare'>,
  threadIds: readonly string[],
): Promise<void> {
  await auditSlice.add(threadIds.filter((id) => drawnForAudit(id, auditShare)))
}
