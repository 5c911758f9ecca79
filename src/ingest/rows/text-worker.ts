import { detectLanguage } from '../../text/language/detect-language.ts'
import { type MarkupFormat, toMarkdown } from '../../text/markdown/to-markdown.ts'
import type { PersonalDataOptions } from '../../text/personal-data/find-personal-data.ts'
import { threadText } from '../../text/thread-text.ts'

/** Bodies to convert, and threads whose language to detect. */
export interface TextRequest {
  readonly bodies: readonly { readonly body: string; readonly format: MarkupFormat }[]
  /** `question` is Markdown, or the index in `bodies` of the text that becomes it. */
  readonly threads: readonly { readonly title: string; readonly question: string | number }[]
  /** Removes personal data from the bodies, if given. Titles are redacted by the caller. */
  readonly redaction?: PersonalDataOptions
}

export interface TextReply {
  /** Markdown of each body. */
  readonly markdown: readonly string[]
  /** Language of each thread. */
  readonly languages: readonly string[]
}

/** The worker's entry point. */
export default async function workOnTexts({ bodies, threads, redaction }: TextRequest): Promise<TextReply> {
  const converted = await Promise.all(bodies.map(({ body, format }) => toMarkdown(body, format)))
  const markdown = redaction === undefined ? converted : await redacted(converted, redaction)
  const languages = threads.map(({ title, question }) =>
    languageOf(title, typeof question === 'number' ? markdown[question]! : question),
  )
  return { markdown, languages }
}

/** Usually more than the detector reads. */
const BEGINNING = 700

/** Reads the first blocks only, where they suffice: converting Markdown to text costs more than detection itself. */
function languageOf(title: string, question: string): string {
  const end = question.length > BEGINNING ? question.lastIndexOf('\n\n', BEGINNING) : -1
  const beginning = question.slice(0, Math.max(end, 0))
  const whole = () => threadText({ title, question })
  // A code fence may continue after the blank line.
  if (beginning === '' || /`{3}|~{3}/.test(beginning)) return detectLanguage(whole())
  return detectLanguage(threadText({ title, question: beginning }), whole)
}

/** Loads the detectors on first use, because they take twenty megabytes. */
async function redacted(texts: readonly string[], options: PersonalDataOptions): Promise<string[]> {
  const { redactMarkdown } = await import('../../text/personal-data/redact.ts')
  return texts.map((text) => redactMarkdown(text, options))
}
