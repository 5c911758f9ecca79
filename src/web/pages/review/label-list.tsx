import { keysInForce } from '../../keys/commands.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { KeyHint } from '../../parts/button.tsx'
import { areRanked, digitsFor, type Ranked } from './digits.ts'
import type { LabelChoice } from './queue.ts'

/** The labels to choose from: those with a digit first, in the order of the keys. */
export function LabelList({
  labels,
  item,
  onAnswer,
  onFocus,
}: {
  readonly labels: readonly LabelChoice[]
  readonly item: Ranked
  onAnswer(label: string): void
  onFocus(label: string | undefined): void
}) {
  const digits = digitsFor(labels, item)
  const others = labels.filter(({ name }) => !digits.has(name))
  const chances = new Map(item.prediction?.alternatives.map(({ label, confidence }) => [label, confidence]))
  const row = (label: string) => (
    <LabelRow
      key={label}
      label={label}
      digit={digits.get(label)}
      chance={chances.get(label)}
      isLikeliest={item.prediction?.label === label}
      onAnswer={() => onAnswer(label)}
      onFocus={onFocus}
    />
  )
  return (
    <section class="stack stack-tight" aria-label={t('review.labels')}>
      <ul class="review-label-list">{[...digits.keys()].map(row)}</ul>
      {others.length > 0 && (
        <>
          <p class="small muted review-others-hint">
            {t(areRanked(labels, item) ? 'review.ranked' : 'review.alphabetical', { count: others.length })}
          </p>
          <ul class="review-label-list review-others">{others.map(({ name }) => row(name))}</ul>
        </>
      )}
    </section>
  )
}

function LabelRow({
  label,
  digit,
  chance,
  isLikeliest,
  onAnswer,
  onFocus,
}: {
  readonly label: string
  readonly digit: string | undefined
  readonly chance: number | undefined
  readonly isLikeliest: boolean
  onAnswer(): void
  onFocus(label: string | undefined): void
}) {
  return (
    <li>
      <button
        type="button"
        class="review-label"
        data-likeliest={isLikeliest || undefined}
        aria-keyshortcuts={digit === undefined ? undefined : keysInForce(digit)?.replace('Digit', '')}
        onClick={onAnswer}
        onFocus={() => onFocus(label)}
        onMouseEnter={() => onFocus(label)}
        onMouseLeave={() => onFocus(undefined)}
      >
        <span>{digit !== undefined && <KeyHint usual={digit} />}</span>
        <span class="review-label-name">{label}</span>
        <span>{isLikeliest && <KeyHint usual="Enter" />}</span>
        {chance !== undefined && <span class="small muted number">{percent(chance)}</span>}
      </button>
    </li>
  )
}
