import fuzzysort from 'fuzzysort'
import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { activeScopes, type Command, keysOf } from '../keys/commands.ts'
import { t } from '../messages/messages.ts'
import { Keycap } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { preferences } from '../sign-in/session.ts'

const SHOWN = 12
/** Low enough for a few letters of a name: “stg” is Settings. */
const LEAST_SCORE = 0.2

/** Finds a place, a saved view or a command by a few of its letters, and threads by their words. */
export function Palette({ onClose }: { onClose(): void }) {
  const [wanted, setWanted] = useState('')
  const [at, setAt] = useState(0)
  const [, go] = useLocation()
  const list = useRef<HTMLDivElement>(null)
  const found = matching(wanted, [...commandsHere(), ...views(go)])
  const searching: Command = {
    id: 'search-threads',
    label: t('shell.searchThreads', { words: wanted.trim() }),
    run: () => go(`/threads?text=${encodeURIComponent(wanted.trim())}`),
  }
  const options = wanted.trim() === '' ? found : [...found, searching]
  const choose = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  const move = (by: number) => {
    const next = (at + by + options.length) % options.length
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <Dialog title={t('shell.palette')} onClose={onClose}>
      <input
        class="input"
        role="combobox"
        aria-label={t('shell.palette')}
        aria-expanded="true"
        aria-controls="palette-results"
        aria-activedescendant={options.length === 0 ? undefined : `palette-${at}`}
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
          else if (event.key === 'Enter' && !event.isComposing) choose(options[at])
          else return
          event.preventDefault()
        }}
      />
      <div
        id="palette-results"
        role="listbox"
        aria-label={t('shell.palette')}
        class="palette-results"
        ref={list}
      >
        {options.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input hears the keys of the whole list
          <div
            key={command.id}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => choose(command)}
          >
            {command.label}
            {keysOf(command).map((keys) => (
              <Keycap key={keys} keys={keys} />
            ))}
          </div>
        ))}
      </div>
      <p class="small muted" role="status">
        {t('shell.found', { count: options.length })}
      </p>
    </Dialog>
  )
}

function commandsHere(): readonly Command[] {
  return activeScopes.value.flatMap(({ commands }) => commands.filter(({ isHidden }) => !isHidden))
}

function views(go: (path: string) => void): readonly Command[] {
  return (preferences.value.views ?? []).map(({ id, name, path }) => ({
    id: `view-${id}`,
    label: t('shell.view', { name }),
    run: () => go(`~${path}`),
  }))
}

function matching(wanted: string, commands: readonly Command[]): readonly Command[] {
  if (wanted.trim() === '') return commands.slice(0, SHOWN)
  const options = { key: 'label', limit: SHOWN, threshold: LEAST_SCORE }
  return fuzzysort.go(wanted, commands as Command[], options).map(({ obj }) => obj)
}
