import { requireFormat } from '../../../dist/sources/registry.js'
import { toMarkdown } from '../../../dist/text/markdown/to-markdown.js'
import { threadText } from '../../../dist/text/thread-text.js'

/**
 * The questions of a Stack Exchange dump as labelled rows: the text that the product classifies a thread by, and its
 * first tag. Tags with fewer than `fewest` questions are left out, since a fold would have none to learn from.
 */
export async function readFirstTags(folder, fewest) {
  const threads = new Map()
  const rows = []
  for await (const items of requireFormat('stack-exchange').read([folder], { bytesRead: 0, bytesTotal: 0 })) {
    for (const { outcome, record } of items) {
      if (outcome !== 'record') continue
      if (record.type === 'thread') threads.set(record.id, record)
      if (record.type !== 'post' || record.kind !== 'question') continue
      const thread = threads.get(record.threadId)
      if (thread?.tags[0] === undefined) continue
      const question = await toMarkdown(record.body, record.format)
      rows.push({
        text: threadText({ title: thread.title, question }),
        label: thread.tags[0],
        language: 'en',
      })
    }
  }
  const counts = new Map()
  for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1)
  return rows.filter(({ label }) => counts.get(label) >= fewest)
}
