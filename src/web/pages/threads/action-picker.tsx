import { t } from '../../messages/messages.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { matching, type Option, Picker } from '../../parts/picker.tsx'

export interface Action extends Option {
  run(): void
}

/** Finds an action by a few of its letters; Enter does it. @param about what it is done to */
export function ActionPicker({
  about,
  actions,
  isLoading,
  onClose,
}: {
  readonly about: string
  readonly actions: readonly Action[]
  /** Whether some are still on their way. */
  readonly isLoading: boolean
  onClose(): void
}) {
  return (
    <Dialog title={about} onClose={onClose}>
      <Picker
        label={t('threads.findAction')}
        placeholder={t('threads.findAction')}
        find={(wanted) => matching(wanted, actions, actions.length)}
        isLoading={isLoading}
        count={(count) => t('threads.actionsFound', { count })}
        onChoose={(action) => {
          onClose()
          // Once the dialog is gone, and has given the focus back to where it was.
          setTimeout(() => action.run())
        }}
      />
    </Dialog>
  )
}
