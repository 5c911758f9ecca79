import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'

/** The next page of a list, once it is asked for. */
export function More({ children }: { children(): ComponentChildren }) {
  const [isOpen, open] = useState(false)
  if (isOpen) return <>{children()}</>
  return (
    <div>
      <Button onClick={() => open(true)}>{t('parts.more')}</Button>
    </div>
  )
}
