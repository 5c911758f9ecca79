import fuzzysort from 'fuzzysort'
import { useRef, useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { Dialog } from '../../parts/dialog.tsx'

export interface Action {
  readonly id: string
  readonly label: string
  run(): void
}

/** Finds an action by a few of its letters; Enter does it. @param about what it is done to */
export function ActionPicker({
  about,
  actions,
  onClose,
}: {
  readonly about: string
  readonly actions: readonly Action[]
  onClose(): void
}) {
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const found =
    wanted.trim() === ''
      ? actions
      : fuzzysort.go(wanted, actions as Action[], { key: 'label' }).map(({ obj }) => obj)
  const choose = (action: Action | undefined) => {
    if (action === undefined) return
    onClose()
    action.run()
  }
  const move = (by: number) => {
    const next = (at + by + found.length) % found.length
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <Dialog title={about} onClose={onClose}>
      <input
        class="input"
        role="combobox"
        aria-label={t('threads.findAction')}
        placeholder={t('threads.findAction')}
        aria-expanded="true"
        aria-controls="threads-actions"
        aria-autocomplete="list"
        aria-activedescendant={found[at] === undefined ? undefined : `threads-action-${at}`}
        autocomplete="off"
        autofocus
        value={wanted}
        onInput={({ currentTarget }) => {
          setWanted(currentTarget.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter' && !event.isComposing) choose(found[at])
          else return
          event.preventDefault()
        }}
      />
      <div
        id="threads-actions"
        role="listbox"
        aria-label={t('threads.actions')}
        class="palette-results"
        ref={list}
      >
        {found.map(({ id, label, run }, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input hears the keys of the whole list
          <div
            key={id}
            id={`threads-action-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose({ id, label, run })}
          >
            {label}
          </div>
        ))}
      </div>
      <p class="small muted" role="status">
        {t('threads.actionsFound', { count: found.length })}
      </p>
    </Dialog>
  )
}
