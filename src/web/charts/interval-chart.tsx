import { useId, useState } from 'preact/hooks'
import { percent } from '../messages/format.ts'
import { t } from '../messages/messages.ts'
import { moved } from './plot.tsx'
import { IntervalBar, isTooFew, type Share, shareInWords } from './share.tsx'

/** A share that a row of the chart shows. */
export interface IntervalRow {
  readonly key: string
  readonly label: string
  readonly share: Share
  /** Of two kinds that are compared, the second is hollow. */
  readonly kind?: 'second'
}

/** Shares with their intervals under each other, from 0 to 100 %; the arrow keys move between them. */
export function IntervalChart({
  title,
  describedBy,
  rows,
  open,
}: {
  readonly title: string
  readonly describedBy: string
  readonly rows: readonly IntervalRow[]
  open?(index: number): void
}) {
  const id = useId()
  const [at, setAt] = useState<number>()
  return (
    <div
      class="intervals"
      role="listbox"
      tabIndex={0}
      aria-label={title}
      aria-describedby={describedBy}
      aria-activedescendant={at === undefined ? undefined : `${id}-${at}`}
      onFocus={() => setAt((now) => now ?? 0)}
      onBlur={() => setAt(undefined)}
      onKeyDown={(event) => {
        const next = moved(event.key, at ?? -1, rows.length)
        if (next !== undefined) setAt(next)
        else if (event.key === 'Enter' && at !== undefined && open !== undefined) open(at)
        else return
        event.preventDefault()
      }}
    >
      <div class="intervals-row intervals-scale muted small" aria-hidden="true">
        <span />
        <span class="row row-apart">
          <span>{percent(0)}</span>
          <span>{percent(1)}</span>
        </span>
      </div>
      {rows.map(({ key, label, share, kind }, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys of all its options
        <div
          key={key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          class="intervals-row"
          aria-selected={index === at}
          onClick={() => open?.(index)}
        >
          <span>{label}</span>
          {share.share === undefined || isTooFew(share) ? (
            <span class="muted small intervals-few">{t('parts.tooFew', { n: share.of })}</span>
          ) : (
            <>
              <IntervalBar
                low={share.interval[0] ?? 0}
                high={share.interval[1] ?? 1}
                value={share.share}
                kind={kind}
              />
              <span class="small number">{shareInWords(share)}</span>
            </>
          )}
        </div>
      ))}
    </div>
  )
}
