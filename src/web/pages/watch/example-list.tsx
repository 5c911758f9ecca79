import { Link } from 'wouter-preact'

interface Example {
  readonly threadId: string
  readonly title: string
  readonly excerpt: string
  readonly language: string
}

/** Threads that show what a figure means. */
export function ExampleList({ examples }: { readonly examples: readonly Example[] }) {
  return (
    <ul class="watch-examples">
      {examples.map(({ threadId, title, excerpt, language }) => (
        <li key={threadId} lang={language}>
          <Link href={`~/app/threads/${encodeURIComponent(threadId)}`}>{title || excerpt}</Link>
          {title !== '' && <p class="muted small clip">{excerpt}</p>}
        </li>
      ))}
    </ul>
  )
}
