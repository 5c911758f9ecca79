import type { Get, ItemOf } from '../../api/types.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Badge } from '../../parts/states.tsx'

export type Import = ItemOf<Get<'/api/imports'>>

const KINDS = {
  queued: undefined,
  running: undefined,
  completed: 'good',
  failed: 'bad',
  cancelled: 'warn',
  interrupted: 'warn',
} as const

/** Where an import stands. */
export function ImportState({ of: { status, progress, cancelRequestedAt } }: { readonly of: Import }) {
  const share =
    progress === undefined || progress.bytesTotal === 0 ? 0 : progress.bytesRead / progress.bytesTotal
  return (
    <Badge kind={KINDS[status]}>
      {cancelRequestedAt !== undefined && status === 'running'
        ? t('sources.cancelling')
        : t(`sources.state_${status}`)}
      {status === 'running' && ` ${percent(share)}`}
    </Badge>
  )
}

/** Whether it may still change. */
export function isUnderWay({ status }: Pick<Import, 'status'>): boolean {
  return status === 'queued' || status === 'running'
}
