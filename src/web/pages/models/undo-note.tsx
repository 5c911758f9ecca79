import { useEffect, useRef } from 'preact/hooks'
import { useCommands } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'

/** Something done that can be undone. */
export interface Done {
  readonly sentence: string
  readonly undo: () => void
}

/** Says what was done and offers to undo it for as long as the page is open. */
export function UndoNote({ done }: { readonly done: Done | undefined }) {
  const note = useRef<HTMLDivElement>(null)
  const hadUndo = useRef(false)
  useEffect(() => {
    // The button that did it is gone or disabled now: the focus goes to what undoes it, and after that to the heading.
    if (done !== undefined) note.current?.querySelector('button')?.focus()
    else if (hadUndo.current) document.querySelector('h1')?.focus()
    hadUndo.current = done !== undefined
  }, [done])
  useCommands(
    t('models.title'),
    [{ id: 'undo', label: t('parts.undo'), keys: ['z'], run: () => done?.undo() }],
    done !== undefined,
  )
  return (
    <div ref={note} role="status">
      {done && (
        <p class="row undo-note">
          <Icon name="check" />
          <span>{done.sentence}</span>
          <Button kind="quiet" icon="rotate-ccw" keys="z" onClick={done.undo}>
            {t('parts.undo')}
          </Button>
        </p>
      )}
    </div>
  )
}
