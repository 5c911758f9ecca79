import { useEffect, useState } from 'preact/hooks'
import { useHistoryState } from 'wouter-preact/use-browser-location'
import { t } from '../../../messages/messages.ts'
import { Note } from '../../../parts/states.tsx'
import { AUDIENCES, type Audience } from '../article.ts'

/** What the page of an article is told by the one that published it. */
export interface PublishedState {
  readonly published: Audience
}

/** Says for whom an article has just been published, here or on the page before. */
export function usePublished(): { readonly note: preact.ComponentChild; show(audience: Audience): void } {
  const told = useHistoryState<Partial<PublishedState> | null>()?.published
  const [audience, show] = useState<Audience>()
  useEffect(() => {
    const found = AUDIENCES.find((each) => each === told)
    if (found === undefined) return
    // Said into the live region that is there by now, and not again when the page is loaded anew.
    show(found)
    window.history.replaceState(null, '')
  }, [told])
  return {
    show,
    note: (
      <div role="status">
        {audience !== undefined && <Note kind="good">{t(`articles.published-${audience}`)}</Note>}
      </div>
    ),
  }
}
