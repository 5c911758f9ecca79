import { useLocation } from 'wouter-preact'
import { activeScopes, type Command, isDialogOpen, keysOf } from '../keys/commands.ts'
import { t } from '../messages/messages.ts'
import { Keycap } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { matching, Picker } from '../parts/picker.tsx'
import { preferences } from '../sign-in/session.ts'

const SHOWN = 12

/** Finds a place, a saved view or a command by a few of its letters, and threads by their words. */
export function Palette({ onClose }: { onClose(): void }) {
  const [, go] = useLocation()
  const find = (wanted: string): readonly Command[] => {
    const found = matching(wanted, [...commandsHere(), ...views(go)], SHOWN)
    const words = wanted.trim()
    if (words === '') return found
    const searching: Command = {
      id: 'search-threads',
      label: t('shell.searchThreads', { words }),
      run: () => go(`/threads?text=${encodeURIComponent(words)}`),
    }
    return [...found, searching]
  }
  return (
    <Dialog title={t('shell.palette')} onClose={onClose}>
      <Picker
        label={t('shell.palette')}
        find={find}
        note={(command) => keysOf(command).map((keys) => <Keycap key={keys} keys={keys} />)}
        count={(count) => t('shell.found', { count })}
        onChoose={(command) => {
          onClose()
          // Once the dialog is gone, and has given the focus back to where it was.
          setTimeout(() => {
            if (!isDialogOpen()) command.run()
          })
        }}
      />
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
