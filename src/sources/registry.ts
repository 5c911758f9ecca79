import { csv } from './csv/csv.ts'
import { discourse } from './discourse/discourse.ts'
import { sourceErrors } from './errors.ts'
import { githubDiscussions } from './github/github-discussions.ts'
import { khoros } from './khoros/khoros.ts'
import { ndjson } from './ndjson/ndjson.ts'
import type { SourceFormat } from './record.ts'
import { stackExchange } from './stack-exchange/stack-exchange.ts'
import { zendesk } from './zendesk/zendesk.ts'

/** All formats of `entraide import`. A new one takes a folder, its fixtures and a line here. */
export const formats: readonly SourceFormat[] = [
  discourse,
  stackExchange,
  githubDiscussions,
  zendesk,
  khoros,
  ndjson,
  csv,
]

/** @throws SOURCE_FORMAT_UNKNOWN, naming the known ones */
export function requireFormat(name: string): SourceFormat {
  const format = formats.find((each) => each.name === name)
  if (!format) {
    const known = formats.map((each) => each.name).join(', ')
    throw sourceErrors.SOURCE_FORMAT_UNKNOWN({ format: name, known })
  }
  return format
}
