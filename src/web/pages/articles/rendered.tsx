import { useEffect, useState } from 'preact/hooks'
import { call, Problem } from '../../api/client.ts'
import { t } from '../../messages/messages.ts'
import { Loading } from '../../parts/states.tsx'
import { RenderedHtml } from '../../parts/trusted-html.tsx'

interface Rendering {
  /** Absent before the first answer; that to an earlier text stays until the next one is there. */
  readonly html: string | undefined
  readonly isRefused: boolean
}

const RETRY_MS = 5_000

/** Markdown as the server publishes it. Each text that is typed is asked for once and not kept. */
export function useRendered(markdown: string): Rendering {
  const [html, setHtml] = useState<string>()
  const [isRefused, setRefused] = useState(false)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    if (markdown.trim() === '') return
    const asking = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    call<{ readonly html: string }>('POST', '/articles/preview', {
      body: { markdown },
      signal: asking.signal,
    }).then(
      ({ data }) => {
        setHtml(data.html)
        setRefused(false)
      },
      (error) => {
        if (asking.signal.aborted) return
        if (!(error instanceof Problem)) throw error
        setRefused(true)
        if (error.status === 0 || error.status >= 500)
          timer = setTimeout(() => setAttempt(attempt + 1), RETRY_MS)
      },
    )
    return () => {
      asking.abort()
      clearTimeout(timer)
    }
  }, [markdown, attempt])
  return { html, isRefused }
}

/** Markdown of an article, rendered by the server; as it was last while the server is away. */
export function Rendered({ markdown, language }: { readonly markdown: string; readonly language?: string }) {
  const { html, isRefused } = useRendered(markdown)
  if (markdown.trim() === '') return null
  return (
    <div lang={language === 'und' ? undefined : language}>
      {isRefused && <p class="small muted">{t('articles.notRendered')}</p>}
      {html !== undefined && <RenderedHtml html={html} />}
      {html === undefined && !isRefused && <Loading />}
    </div>
  )
}
