import { detectLanguage } from '../text/language.ts'
import { type MarkupFormat, toMarkdown } from '../text/markdown.ts'
import { type PersonalDataOptions, redactMarkdown } from '../text/personal-data/index.ts'
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
export default function workOnTexts({ bodies, threads, redaction }: TextRequest): TextReply {
  const markdown = bodies.map(({ body, format }) => {
    const converted = toMarkdown(body, format)
    return redaction === undefined ? converted : redactMarkdown(converted, redaction)
  })
  const languages = threads.map(({ title, question }) =>
    detectLanguage(
      threadText({ title, question: typeof question === 'number' ? markdown[question]! : question }),
    ),
  )
  return { markdown, languages }
}
