import { useRef } from 'preact/hooks'
import { call } from '../../api/client.ts'
import { type Resource, useResource } from '../../api/resource.ts'
import { t } from '../../messages/messages.ts'
import { Loading } from '../../parts/states.tsx'
import { RenderedHtml } from '../../parts/trusted-html.tsx'

interface Preview {
  readonly html: string
}

/** Markdown as the server publishes it; the answer to an earlier text stays until the next one is there. */
function useRendered(markdown: string): Resource<Preview> {
  return useResource<Preview>('rendered', {
    query: { markdown },
    enabled: markdown.trim() !== '',
    keepPrevious: true,
    staleMs: Number.POSITIVE_INFINITY,
    ask: (signal) => call('POST', '/articles/preview', { body: { markdown }, signal }),
  })
}

/** Markdown of posts and articles, rendered by the server; as it was last while the server is away. */
export function Rendered({ markdown, language }: { readonly markdown: string; readonly language?: string }) {
  const { data, problem } = useRendered(markdown)
  const latest = useRef<string>()
  if (data !== undefined) latest.current = data.html
  if (markdown.trim() === '') return null
  return (
    <div lang={language === 'und' ? undefined : language}>
      {problem !== undefined && <p class="small muted">{t('articles.notRendered')}</p>}
      {latest.current !== undefined && <RenderedHtml html={latest.current} />}
      {latest.current === undefined && problem === undefined && <Loading />}
    </div>
  )
}
