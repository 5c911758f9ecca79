import type { MemberRecord, ThreadRecord } from '../../sources/record.ts'
import {
  PERSONAL_DATA_VERSION,
  type PersonalDataOptions,
} from '../../text/personal-data/find-personal-data.ts'
import { redactMarkdown, redactText } from '../../text/personal-data/redact.ts'
import type { TextWorker } from './text-work.ts'

/** Removes personal data from the records of a source; the worker that converts bodies redacts them. */
export interface Redaction {
  /** Part of each record's fingerprint: after a change of settings, the next import rewrites the same export. */
  readonly fingerprint: string
  thread(record: ThreadRecord): ThreadRecord
  /** A member keeps their name, unless it is an address or a number. */
  member(record: MemberRecord): MemberRecord
  /** Redacts Markdown that was stored before redaction was switched on. */
  markdown(text: string): string
  /** The same worker, redacting the bodies that it converts. */
  texts(worker: TextWorker): TextWorker
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
        // A redacted address would lead nowhere.
        url: url !== undefined && clean(url) === url ? url : undefined,
        facts: record.facts && cleanValues(record.facts, clean),
      }
    },

    markdown: (text) => redactMarkdown(text, options),

    member: (record) => ({ ...record, name: clean(record.name) }),

    texts: (worker) => ({
      run: (request) => worker.run({ ...request, redaction: options }),
      close: () => worker.close(),
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
