import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../../../messages/messages.ts'
import type { Content } from '../article.ts'
import { type Finding, kindName, textOf } from './findings.ts'

interface Mark {
  readonly text: string
  readonly isOpen: boolean
  readonly title: string
}

/** Strikes out personal data where it stands in a rendered text, until it is redacted or waived. */
export function MarkedData({
  findings,
  content,
  children,
}: {
  readonly findings: readonly Finding[]
  readonly content: Content
  readonly children: ComponentChildren
}) {
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const { current } = root
    if (current === null) return
    const marks = findings.map((finding) => markOf(finding, content))
    const changes = new MutationObserver(markAll)
    function markAll() {
      changes.disconnect()
      if (current === null) return
      for (const old of current.querySelectorAll('.articles-personal')) old.replaceWith(...old.childNodes)
      current.normalize()
      for (const prose of current.querySelectorAll<HTMLElement>('.prose'))
        for (const mark of marks) markIn(prose, mark)
      changes.observe(current, { childList: true, subtree: true })
    }
    markAll()
    return () => changes.disconnect()
  }, [findings, content])
  return <div ref={root}>{children}</div>
}

function markOf(finding: Finding, content: Content): Mark {
  const isOpen = finding.state === 'open'
  const kind = kindName(finding.kind)
  return {
    text: textOf(finding, content),
    isOpen,
    title: t(isOpen ? 'articles.openFinding' : 'articles.waivedFinding', { kind }),
  }
}

function markIn(root: HTMLElement, { text, isOpen, title }: Mark): void {
  if (text === '') return
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode())
    if (node instanceof Text && node.data.includes(text)) found.push(node)
  for (const node of found) {
    if (node.parentElement?.closest('.articles-personal') != null) continue
    for (let rest = node; rest.data.includes(text); ) {
      const data = rest.splitText(rest.data.indexOf(text))
      rest = data.splitText(text.length)
      const mark = document.createElement(isOpen ? 'del' : 'span')
      mark.className = 'articles-personal'
      mark.dataset.state = isOpen ? 'open' : 'waived'
      mark.title = title
      data.replaceWith(mark)
      mark.append(data)
    }
  }
}
