/**
 * HTML that the server rendered and made safe: the posts and articles of the publishing renderer, and nothing else. The
 * one Trusted Types policy of the workbench.
 */
const policy = window.trustedTypes?.createPolicy('entraide-rendered', { createHTML: (html) => html })

export function RenderedHtml({ html }: { readonly html: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: trusted(html) }} />
}

/** The same as a fragment of the page, to be changed before it is shown. */
export function trustedFragment(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = trusted(html)
  return template.content
}

function trusted(html: string): string {
  return (policy === undefined ? html : policy.createHTML(html)) as string
}
