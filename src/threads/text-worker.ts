import { detectLanguage } from '../text/language.ts'
import { type MarkupFormat, toMarkdown } from '../text/markdown.ts'
import type { PersonalDataOptions } from '../text/personal-data/index.ts'
import { threadText } from './thread-text.ts'

/** The slow work on texts: bodies to convert, and threads whose language is wanted. */
export interface TextRequest {
  readonly bodies: readonly { readonly body: string; readonly format: MarkupFormat }[]
  /** `question` is Markdown, or the place in `bodies` of what becomes it. */
  readonly threads: readonly { readonly title: string; readonly question: string | number }[]
  /** Takes personal data out of the bodies; they stay as written without it. Titles come redacted. */
  readonly redaction?: PersonalDataOptions
}

export interface TextReply {
  /** Markdown of each body. */
  readonly markdown: readonly string[]
  /** Language of each thread. */
  readonly languages: readonly string[]
}

/** The worker thread's side. */
export default async function workOnTexts({ bodies, threads, redaction }: TextRequest): Promise<TextReply> {
  const converted = await Promise.all(bodies.map(({ body, format }) => toMarkdown(body, format)))
  const markdown = redaction === undefined ? converted : await redacted(converted, redaction)
  const languages = threads.map(({ title, question }) =>
    detectLanguage(
      threadText({ title, question: typeof question === 'number' ? markdown[question]! : question }),
    ),
  )
  return { markdown, languages }
}

/** The detectors are loaded by the first import that redacts: twenty megabytes that others do without. */
async function redacted(texts: readonly string[], options: PersonalDataOptions): Promise<string[]> {
  const { redactMarkdown } = await import('../text/personal-data/index.ts')
  return texts.map((text) => redactMarkdown(text, options))
}
