import { t } from '../../messages/messages.ts'
import { Badge } from '../../parts/states.tsx'
import type { Version } from './resources.ts'

const KINDS = { active: 'good', candidate: undefined, retired: undefined, rejected: 'warn' } as const

export function VersionStatus({ status }: Pick<Version, 'status'>) {
  return <Badge kind={KINDS[status]}>{t(`models.${status}`)}</Badge>
}
