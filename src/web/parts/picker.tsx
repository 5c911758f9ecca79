import fuzzysort from 'fuzzysort'
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'

export interface Option {
  readonly id: string
  readonly label: string
}

interface PickerProps<T extends Option> {
  /** What is looked for. */
  readonly label: string
  readonly placeholder?: string
  /** The options for what was typed, the best first: see `matching`. */
  find(wanted: string): readonly T[]
  onChoose(option: T): void
  /** Whether options are still on their way: Enter then waits for them, lest it choose what was not meant. */
  readonly isLoading?: boolean
  /** What stands beside an option's label. */
  note?(option: T): ComponentChildren
  /** How many were found, as it is read aloud. */
  count(found: number): string
}

/** Finds one of several by a few letters: arrows move, Enter chooses, and the focus stays in the field. */
export function Picker<T extends Option>({
  label,
  placeholder,
  find,
  onChoose,
  isLoading = false,
  note,
  count,
}: PickerProps<T>) {
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [isEntered, enter] = useState(false)
  const found = find(wanted)
  useLayoutEffect(() => {
    if (!isEntered || isLoading) return
    enter(false)
    if (found[at] !== undefined) onChoose(found[at])
  }, [isEntered, isLoading])
  const move = (by: number) => {
    if (found.length === 0) return
    const next = (at + by + found.length) % found.length
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <input
        class="input"
        role="combobox"
        aria-label={label}
        placeholder={placeholder}
        aria-expanded="true"
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found[at] === undefined ? undefined : `${id}-${at}`}
        autocomplete="off"
        autofocus
        value={wanted}
        onInput={({ currentTarget }) => {
          setWanted(currentTarget.value)
          setAt(0)
          enter(false)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter' && !event.isComposing) enter(true)
          else return
          event.preventDefault()
        }}
      />
      <div id={id} role="listbox" aria-label={label} aria-busy={isLoading} class="picker" ref={list}>
        {found.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys of the whole list
          <div
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => onChoose(option)}
          >
            {option.label}
            {note?.(option)}
          </div>
        ))}
      </div>
      <p class="small muted" role="status">
        {count(found.length)}
      </p>
    </>
  )
}

/** Low enough for a few letters of a name: “stg” is Settings. */
const LEAST_SCORE = 0.2

/** Those of the options whose label has the letters, in their order, the best first; all, where none was typed. */
export function matching<T extends Option>(
  wanted: string,
  options: readonly T[],
  limit: number,
): readonly T[] {
  if (wanted.trim() === '') return options.slice(0, limit)
  return fuzzysort
    .go(wanted, [...options], { key: 'label', limit, threshold: LEAST_SCORE })
    .map(({ obj }) => obj)
}
