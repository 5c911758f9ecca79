/**
 * HTML that the server rendered and made safe: the posts and articles of the publishing renderer, and nothing else. The
 * one Trusted Types policy of the workbench.
 */
const policy = window.trustedTypes?.createPolicy('entraide-rendered', { createHTML: (html) => html })

export function RenderedHtml({ html }: { readonly html: string }) {
  const trusted = policy === undefined ? html : policy.createHTML(html)
  return <div class="prose" dangerouslySetInnerHTML={{ __html: trusted as string }} />
}
