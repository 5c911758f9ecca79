import { detectLanguage } from '../../text/language/detect-language.ts'
import { type MarkupFormat, toMarkdown } from '../../text/markdown/to-markdown.ts'
import type { PersonalDataOptions } from '../../text/personal-data/find-personal-data.ts'
import { threadText } from '../../text/thread-text.ts'

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
    languageOf(title, typeof question === 'number' ? markdown[question]! : question),
  )
  return { markdown, languages }
}

/** More than the detector looks at, mostly. */
const BEGINNING = 700

/** The first blocks tell it as a rule: turning Markdown into text costs more than looking at it. */
function languageOf(title: string, question: string): string {
  const end = question.length > BEGINNING ? question.lastIndexOf('\n\n', BEGINNING) : -1
  const beginning = question.slice(0, Math.max(end, 0))
  const whole = () => threadText({ title, question })
  // A fence may go on behind the blank line.
  if (beginning === '' || /`{3}|~{3}/.test(beginning)) return detectLanguage(whole())
  return detectLanguage(threadText({ title, question: beginning }), whole)
}

/** The detectors are loaded by the first import that redacts: twenty megabytes that others do without. */
async function redacted(texts: readonly string[], options: PersonalDataOptions): Promise<string[]> {
  const { redactMarkdown } = await import('../../text/personal-data/redact.ts')
  return texts.map((text) => redactMarkdown(text, options))
}
