import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Badge } from '../../parts/states.tsx'
import type { Audience, Confidence } from './article.ts'
import { audienceName, confidenceName } from './names.ts'

const KINDS: Readonly<Record<Confidence, 'good' | 'warn' | undefined>> = {
  wip: undefined,
  not_validated: undefined,
  validated: 'good',
  archived: undefined,
}

export function ConfidenceBadge({ confidence }: { readonly confidence: Confidence }) {
  return <Badge kind={KINDS[confidence]}>{confidenceName(confidence)}</Badge>
}

export function AudienceBadge({ audience }: { readonly audience: Audience }) {
  return <Badge>{audienceName(audience)}</Badge>
}

export function FlagsBadge({ count }: { readonly count: number }) {
  return <Badge kind="warn">{t('articles.flags', { n: count, count: number(count) })}</Badge>
}
