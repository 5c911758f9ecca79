import { CITATION_SECTIONS, type CitationSection } from '../citation.ts'

/** The title is translated as a passage of its own. */
export const TRANSLATED_SECTIONS = ['title', ...CITATION_SECTIONS] as const
export type TranslatedSection = 'title' | CitationSection

/** `open`: nobody has translated it; `stale`: its original changed significantly since. */
export const PASSAGE_STATES = ['open', 'translated', 'stale'] as const
export type PassageState = (typeof PASSAGE_STATES)[number]

/** A passage of an original, and what the translation says in its place. */
export interface TranslatedPassage {
  readonly id: string
  readonly section: TranslatedSection
  /** The passage of the original; absent for the title, and where the original no longer has it. */
  readonly sourceId?: string
  /** What the original said when it was translated; empty while it is open. */
  readonly translatedFrom: string
  /** Markdown, as it stands in the translation; empty while it is open. */
  readonly text: string
  readonly state: PassageState
  /** When a significant edit of the original opened it. */
  readonly since?: string
  /** What the company's translation service proposed, until a person saves the passage. */
  readonly proposal?: string
  /** Grows with each text that a person saves. */
  readonly version: number
}

/** A passage of the original that has no translation yet. */
export function openPassage(
  id: string,
  section: TranslatedSection,
  sourceId?: string,
  since?: string,
): TranslatedPassage {
  return { id, section, sourceId, translatedFrom: '', text: '', state: 'open', since, version: 0 }
}
