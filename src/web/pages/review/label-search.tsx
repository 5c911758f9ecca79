import fuzzysort from 'fuzzysort'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { KeyHint } from '../../parts/button.tsx'
import type { LabelChoice } from './queue.ts'

const SHOWN = 8

/** Finds a label by a few of its letters; Enter answers with it. */
export function LabelSearch({
  labels,
  isOpen,
  onAnswer,
  onClose,
}: {
  readonly labels: readonly LabelChoice[]
  readonly isOpen: boolean
  onAnswer(label: string): void
  onClose(): void
}) {
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => {
    if (isOpen) input.current?.focus()
  }, [isOpen])
  const found =
    wanted.trim() === ''
      ? []
      : fuzzysort.go(wanted, [...labels], { key: 'name', limit: SHOWN }).map(({ obj }) => obj.name)
  const leave = () => {
    setWanted('')
    setAt(0)
    input.current?.blur()
    onClose()
  }
  const choose = (label: string | undefined) => {
    if (label === undefined) return
    leave()
    onAnswer(label)
  }
  return (
    <div class="review-search">
      <input
        ref={input}
        class="input"
        role="combobox"
        aria-label={t('review.findLabel')}
        placeholder={t('review.findLabel')}
        aria-expanded={found.length > 0}
        aria-controls="review-found"
        aria-activedescendant={found[at] === undefined ? undefined : `review-found-${at}`}
        aria-autocomplete="list"
        autocomplete="off"
        value={wanted}
        onInput={({ currentTarget }) => {
          setWanted(currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
          else if (event.key === 'Enter' && !event.isComposing) choose(found[at])
          else if (event.key === 'Escape') leave()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {wanted === '' && !isOpen && <KeyHint usual="l" />}
      <div id="review-found" role="listbox" aria-label={t('review.labels')} class="review-found">
        {found.map((label, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input hears the keys of the whole list
          <div
            key={label}
            id={`review-found-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose(label)}
          >
            {label}
          </div>
        ))}
      </div>
      {wanted.trim() !== '' && (
        <p class="small muted" role="status">
          {t('review.labelsFound', { count: found.length })}
        </p>
      )}
    </div>
  )
}
