import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../messages/messages.ts'
import { Button } from './button.tsx'

/** What must be answered or left before the page goes on; the focus returns to where it was. */
export function Dialog({
  title,
  size,
  hasKeys = false,
  onClose,
  children,
}: {
  readonly title: string
  readonly size?: 'wide'
  /** Whether the page's keys work inside. */
  readonly hasKeys?: boolean
  /** Absent for a dialog that cannot be left. */
  readonly onClose?: () => void
  readonly children: ComponentChildren
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      data-size={size}
      data-keys={hasKeys || undefined}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      // The second Escape closes it whatever its page says.
      onClose={onClose ?? (() => dialog.current?.showModal())}
    >
      <div class="stack">
        <div class="dialog-head">
          <h2 id={id}>{title}</h2>
          {onClose && <Button kind="quiet" icon="x" label={t('parts.close')} onClick={onClose} />}
        </div>
        {children}
      </div>
    </dialog>
  )
}
