import type { MemberRecord, ThreadRecord } from '../../sources/record.ts'
import {
  PERSONAL_DATA_VERSION,
  type PersonalDataOptions,
} from '../../text/personal-data/find-personal-data.ts'
import { redactMarkdown, redactText } from '../../text/personal-data/redact.ts'
import type { TextWorker } from './text-work.ts'

/** Taking personal data out of what a source brings; bodies are redacted by the thread that converts them. */
export interface Redaction {
  /** Part of each record's fingerprint: with another setting, the next import writes the same export anew. */
  readonly fingerprint: string
  thread(record: ThreadRecord): ThreadRecord
  /** A member keeps the name under which they write, unless that is an address or a number. */
  member(record: MemberRecord): MemberRecord
  /** Markdown that was stored before its source was redacted. */
  markdown(text: string): string
  /** The same thread of texts, for bodies that are to be redacted. */
  texts(thread: TextWorker): TextWorker
}

export function createRedaction(options: PersonalDataOptions): Redaction {
  const clean = (text: string) => redactText(text, options)
  return {
    fingerprint: JSON.stringify([PERSONAL_DATA_VERSION, options.identifiers ?? []]),

    thread({ url, ...record }) {
      return {
        ...record,
        title: clean(record.title),
        tags: record.tags.map(clean),
        // An address with a hole in it leads nowhere.
        ...(url !== undefined && clean(url) === url && { url }),
        ...(record.facts !== undefined && { facts: cleanValues(record.facts, clean) }),
      }
    },

    markdown: (text) => redactMarkdown(text, options),

    member: (record) => ({ ...record, name: clean(record.name) }),

    texts: (thread) => ({
      run: (request) => thread.run({ ...request, redaction: options }),
      close: () => thread.close(),
    }),
  }
}

function cleanValues(
  facts: NonNullable<ThreadRecord['facts']>,
  clean: (text: string) => string,
): NonNullable<ThreadRecord['facts']> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  )
}
