import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../messages/messages.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

/** A button for what cannot be undone: it is asked about first, by name. */
export function ConfirmButton({
  question,
  label,
  isDisabled,
  onConfirm,
  children,
}: {
  /** Names what is lost. */
  readonly question: string
  /** What is done, on both buttons. */
  readonly label: string
  readonly isDisabled?: boolean
  onConfirm(): void
  /** What is read aloud after the label. */
  readonly children?: ComponentChildren
}) {
  const [isAsking, ask] = useState(false)
  return (
    <>
      <Button kind="danger" isDisabled={isDisabled} onClick={() => ask(true)}>
        {label}
        {children}
      </Button>
      {isAsking && (
        <Dialog title={question} onClose={() => ask(false)}>
          <p>{t('parts.cannotBeUndone')}</p>
          <div class="row">
            <Button
              kind="danger"
              onClick={() => {
                ask(false)
                onConfirm()
              }}
            >
              {label}
            </Button>
            <Button onClick={() => ask(false)}>{t('parts.cancel')}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
