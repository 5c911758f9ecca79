import { call } from '../../api/client.ts'
import { type Resource, useResource } from '../../api/resource.ts'
import { Loaded } from '../../parts/states.tsx'
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

/** Markdown of posts and articles, rendered by the server. */
export function Rendered({ markdown, language }: { readonly markdown: string; readonly language?: string }) {
  const rendered = useRendered(markdown)
  if (markdown.trim() === '') return null
  return (
    <div lang={language === 'und' ? undefined : language}>
      <Loaded resource={rendered}>{({ html }) => <RenderedHtml html={html} />}</Loaded>
    </div>
  )
}
