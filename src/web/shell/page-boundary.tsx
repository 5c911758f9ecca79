import type { ComponentChildren } from 'preact'
import { useEffect, useErrorBoundary } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import { Problem } from '../api/client.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/states.tsx'

/** A page that fails says so and the way on; the rest of the workbench goes on, and another address is another page. */
export function PageBoundary({ children }: { readonly children: ComponentChildren }) {
  const [error, again] = useErrorBoundary()
  const [location] = useLocation()
  const search = useSearch()
  useEffect(() => {
    if (error !== undefined) again()
  }, [location, search])
  if (error === undefined) return <>{children}</>
  return (
    <div role="alert">
      <Empty title={t('shell.pageFailed')}>
        <p>{t('shell.pageFailedHint')}</p>
        <p class="small muted">
          <code>{error instanceof Problem ? error.code : `PAGE_FAILED: ${messageOf(error)}`}</code>
        </p>
        <div class="row">
          <Button kind="primary" icon="rotate-ccw" onClick={again}>
            {t('parts.retry')}
          </Button>
          <Button onClick={() => window.location.reload()}>{t('parts.reload')}</Button>
        </div>
      </Empty>
    </div>
  )
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
