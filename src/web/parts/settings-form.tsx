import type { ComponentChildren } from 'preact'
import type { Action } from '../api/action.ts'
import { t } from '../messages/messages.ts'
import { Button } from './button.tsx'
import { ProblemNote } from './states.tsx'

/** The form of a dialog with settings, which some may change and others read alone. */
export function SettingsForm({
  save,
  mayChange,
  onClose,
  children,
}: {
  readonly save: Action<[], unknown>
  readonly mayChange: boolean
  onClose(): void
  readonly children: ComponentChildren
}) {
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      {children}
      {save.problem !== undefined && <ProblemNote problem={save.problem} />}
      <div class="row">
        {mayChange && (
          <Button kind="primary" type="submit" isDisabled={save.isRunning}>
            {t('parts.save')}
          </Button>
        )}
        <Button onClick={onClose}>{t(mayChange ? 'parts.cancel' : 'parts.close')}</Button>
      </div>
    </form>
  )
}
