import { useEffect, useState } from 'preact/hooks'
import { OFFLINE } from '../../../api/client.ts'
import { clockTime } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Badge } from '../../../parts/states.tsx'
import type { DraftState } from './draft-state.ts'

/** So long may the server lack something before it is said in amber. */
const LATE_MS = 10_000

/** Whether the server has the text: when it answered that it has, and nothing before it did. */
export function SaveState({ state }: { readonly state: DraftState }) {
  const { unsavedSince, savedAt, isSaving, problem, isKept } = state
  const isLate = useIsLate(unsavedSince)
  if (isLate)
    return (
      <span role="status">
        <Badge kind="warn">
          {t(problem?.code === OFFLINE ? 'articles.notSavedOffline' : 'articles.notSavedLate')}{' '}
          {t(isKept ? 'articles.keptHere' : 'articles.keptNowhere')}
        </Badge>
      </span>
    )
  return (
    <span role="status" class="muted small articles-saved">
      {unsavedSince !== undefined
        ? t(isSaving ? 'parts.saving' : 'parts.notSaved')
        : savedAt !== undefined && t('parts.savedAt', { time: clockTime(new Date(savedAt)) })}
    </span>
  )
}

function useIsLate(since: number | undefined): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    setLate(since !== undefined && Date.now() - since >= LATE_MS)
    if (since === undefined) return
    const timer = setTimeout(() => setLate(true), Math.max(0, since + LATE_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [since])
  return isLate
}
