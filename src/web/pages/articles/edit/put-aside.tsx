import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { keepText, keptText } from '../../../parts/kept-text.ts'
import { Note } from '../../../parts/states.tsx'
import { me } from '../../../sign-in/session.ts'
import type { Content } from '../article.ts'

/** A text that its writer gave up, and may take back. */
interface Aside {
  readonly content: Content
  readonly why: 'discarded' | 'conflict'
}

interface KeptAside {
  readonly text: Aside | undefined
  put(text: Aside | undefined): void
}

/** The text that was given up last, kept in this browser until it is taken back or dropped. */
export function usePutAside(articleId: string): KeptAside {
  const name = `text put aside ${me.value?.id} ${articleId}`
  const [text, setText] = useState<Aside | undefined>(() => {
    const kept = keptText(name)
    return kept === undefined ? undefined : JSON.parse(kept)
  })
  return {
    text,
    put(next) {
      setText(next)
      keepText(name, next === undefined ? '' : JSON.stringify(next))
    },
  }
}

/** Says that a text was given up, and gives it back. */
export function PutAside({
  aside: { text, put },
  onTakeBack,
}: {
  readonly aside: KeptAside
  onTakeBack(content: Content): void
}) {
  const note = useRef<HTMLDivElement>(null)
  const atFirst = useRef(text)
  useEffect(() => {
    // The button that gave it up is gone: the focus goes to what undoes it.
    if (text !== undefined && text !== atFirst.current) note.current?.querySelector('button')?.focus()
  }, [text])
  return (
    <div ref={note} role="status">
      {text !== undefined && (
        <div class="row">
          <Note>{t(text.why === 'discarded' ? 'articles.discarded' : 'articles.putAside')}</Note>
          <Button icon="rotate-ccw" onClick={() => onTakeBack(text.content)}>
            {t('articles.takeBack')}
          </Button>
          <Button kind="quiet" icon="x" label={t('articles.dropAside')} onClick={() => put(undefined)} />
        </div>
      )}
    </div>
  )
}
