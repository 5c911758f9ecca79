import { number, percent } from '../messages/format.ts'
import { t } from '../messages/messages.ts'

/** A share of cases with its 95 % interval, as the API gives it. */
export interface Share {
  readonly count: number
  readonly of: number
  readonly share?: number
  readonly interval: readonly number[]
}

/** Below as many cases a share says too little to be shown as one. */
const TOO_FEW = 10

export function isTooFew({ of }: Pick<Share, 'of'>): boolean {
  return of < TOO_FEW
}

/** `84.4% (76–90%) of 96`, or that there are too few. */
export function shareInWords(share: Share): string {
  if (share.share === undefined || isTooFew(share)) return t('parts.tooFew', { n: share.of })
  return t('charts.share', {
    share: percent(share.share),
    low: number((share.interval[0] ?? 0) * 100),
    high: percent(share.interval[1] ?? 1),
    n: number(share.of),
  })
}

/** A share with its interval drawn beside it; the words say it all. */
export function ShareText({ share }: { readonly share: Share }) {
  if (share.share === undefined || isTooFew(share))
    return <span class="muted small">{t('parts.tooFew', { n: share.of })}</span>
  return (
    <span class="share">
      <IntervalBar low={share.interval[0] ?? 0} high={share.interval[1] ?? 1} value={share.share} />
      <span class="share-value">{percent(share.share)}</span>
      <span class="muted small">
        {t('charts.intervalOf', {
          low: number((share.interval[0] ?? 0) * 100),
          high: percent(share.interval[1] ?? 1),
          n: number(share.of),
        })}
      </span>
    </span>
  )
}

/** A value between 0 and 1 in its interval. */
export function IntervalBar({
  low,
  high,
  value,
  kind,
}: {
  readonly low: number
  readonly high: number
  readonly value: number
  readonly kind?: 'second'
}) {
  const at = (share: number) => `${(100 * share).toFixed(2)}%`
  return (
    <svg class="interval" aria-hidden="true" data-kind={kind}>
      <line class="interval-ground" x1="0" x2="100%" y1="50%" y2="50%" />
      <line class="interval-range" x1={at(low)} x2={at(high)} y1="50%" y2="50%" />
      <circle cx={at(value)} cy="50%" r="3.5" />
    </svg>
  )
}
