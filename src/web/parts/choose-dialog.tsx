import { useState } from 'preact/hooks'
import type { Problem } from '../api/client.ts'
import { Dialog } from './dialog.tsx'
import { TextField } from './field.tsx'
import { ProblemNote } from './states.tsx'

/** What may be chosen. */
export interface Choice {
  readonly id: string
  readonly title: string
  readonly lang?: string
  readonly note?: string
}

/** Finds one by its words, and chooses it. @param find is called while the dialog is drawn, and may use hooks */
export function ChooseDialog({
  title,
  means,
  search,
  none,
  find,
  onChoose,
  onClose,
}: {
  readonly title: string
  /** What choosing does. */
  readonly means: string
  readonly search: string
  readonly none: string
  find(text: string): {
    readonly choices: readonly Choice[] | undefined
    readonly problem: Problem | undefined
  }
  onChoose(id: string): void
  onClose(): void
}) {
  const [text, setText] = useState('')
  const { choices, problem } = find(text.trim())
  return (
    <Dialog title={title} size="wide" onClose={onClose}>
      <div class="stack">
        <p class="muted">{means}</p>
        <TextField label={search} type="search" autofocus value={text} onInput={setText} />
        {problem !== undefined && <ProblemNote problem={problem} />}
        <ul class="threads-found" aria-label={search}>
          {choices?.map(({ id, title: name, lang, note }) => (
            <li key={id}>
              <button
                type="button"
                class="threads-choice"
                onClick={() => {
                  onClose()
                  onChoose(id)
                }}
              >
                <span class="clip" lang={lang}>
                  {name}
                </span>
                {note !== undefined && <span class="muted small">{note}</span>}
              </button>
            </li>
          ))}
        </ul>
        {choices?.length === 0 && <p class="muted">{none}</p>}
      </div>
    </Dialog>
  )
}
