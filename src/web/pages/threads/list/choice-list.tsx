import { useState } from 'preact/hooks'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'

export interface CountedChoice {
  readonly value: string
  readonly label: string
  /** Absent while it is not known. */
  readonly count?: number
}

const FEW = 8

/** The values of one filter, each with how many threads have it; pressed are those that are set. */
export function ChoiceList({
  title,
  choices,
  chosen,
  atLeast,
  onToggle,
}: {
  readonly title: string
  readonly choices: readonly CountedChoice[]
  readonly chosen: readonly string[]
  /** Whether there are more threads than were counted. */
  readonly atLeast: boolean
  onToggle(value: string): void
}) {
  const [isWhole, setWhole] = useState(false)
  if (choices.length === 0) return null
  const shown = isWhole
    ? choices
    : choices.filter(({ value }, place) => place < FEW || chosen.includes(value))
  return (
    <section class="threads-group" aria-label={title}>
      <h2 class="small">{title}</h2>
      <ul>
        {shown.map(({ value, label, count }) => (
          <li key={value}>
            <button
              type="button"
              class="threads-choice"
              aria-pressed={chosen.includes(value)}
              onClick={() => onToggle(value)}
            >
              <span class="clip">{label}</span>
              {count !== undefined && (
                <span class="muted number">
                  {atLeast && count > 0 ? t('threads.atLeast', { count: number(count) }) : number(count)}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {choices.length > shown.length && (
        <button type="button" class="threads-choice muted" onClick={() => setWhole(true)}>
          {t('threads.allValues', { count: choices.length })}
        </button>
      )}
    </section>
  )
}
