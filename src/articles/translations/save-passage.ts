import type { Actor } from '../../access/actor.ts'
import { toMarkdown } from '../../text/markdown/to-markdown.ts'
import type { ArticleDeps } from '../deps.ts'
import { appendDraftChanged } from '../drafts/edit-draft.ts'
import { translationErrors } from './errors.ts'
import { type OpenTranslation, openTranslation, requirePassage, sourceText } from './open-translation.ts'
import { writePassage } from './place-passages.ts'
import { showPassage, type TranslatedPassageView } from './show-translation.ts'
import type { TranslatedPassage } from './translated-passage.ts'

interface NamedPassage {
  /** The translation. */
  readonly id: string
  readonly passageId: string
  readonly actor: Actor
}

const LONGEST_TITLE = 500
const LONGEST_SECTION = 100_000

/**
 * Says that somebody works on a passage: nobody else saves it until they leave it, or have not said so again in time.
 *
 * @throws CodedError TRANSLATION_PASSAGE_NOT_FOUND, TRANSLATION_PASSAGE_LOCKED, and as {@link openTranslation} does
 */
export async function lockPassage(deps: ArticleDeps, named: NamedPassage): Promise<TranslatedPassageView> {
  const { id, passageId, actor } = named
  return deps.db.transaction(async () => {
    const open = await openTranslation(deps, named, { forChange: true })
    const passage = requirePassage(open, passageId)
    await refuseLocked(open, passage, actor)
    const lock = await deps.locks.take(id, passageId, actor)
    return showPassage({ ...open, locks: new Map([[passageId, lock]]) }, passage, actor)
  })
}

/** Leaves a passage. One that somebody else holds stays theirs. @throws CodedError as {@link openTranslation} does */
export async function releasePassage(deps: ArticleDeps, named: NamedPassage): Promise<void> {
  const { id, passageId, actor } = named
  await deps.db.transaction(async () => {
    await openTranslation(deps, named, { forChange: true })
    await deps.locks.release(id, passageId, actor)
  })
}

/**
 * Saves what the translation says in place of a passage, into its draft: it is translated then, or open where the text is
 * empty. One that the original no longer has is gone once its text is empty.
 *
 * @param version of the passage that the translator read
 * @throws CodedError TRANSLATION_PASSAGE_NOT_FOUND, TRANSLATION_PASSAGE_LOCKED, TRANSLATION_PASSAGE_UNLOCKED,
 *   TRANSLATION_PASSAGE_CONFLICT, TRANSLATION_TOO_LONG, and as {@link openTranslation} does
 */
export async function savePassage(
  deps: ArticleDeps,
  { text, version, ...named }: NamedPassage & { readonly text: string; readonly version: number },
): Promise<TranslatedPassageView> {
  const { id, passageId, actor } = named
  const markdown = await toMarkdown(text, 'markdown')
  return deps.db.transaction(async () => {
    const open = await openTranslation(deps, named, { forChange: true })
    const passage = requirePassage(open, passageId)
    await refuseLocked(open, passage, actor)
    const current = await showPassage(open, passage, actor)
    if (!open.locks.has(passageId)) throw translationErrors.TRANSLATION_PASSAGE_UNLOCKED({ id, current })
    if (passage.version !== version) throw translationErrors.TRANSLATION_PASSAGE_CONFLICT({ id, current })
    const written = passage.section === 'title' ? lineOf(text) : trimLines(markdown)
    const content = writePassage(open.passages, open.content, passage, written)
    const most = passage.section === 'title' ? LONGEST_TITLE : LONGEST_SECTION
    if (content[passage.section].length > most)
      throw translationErrors.TRANSLATION_TOO_LONG({ id, section: passage.section, most })
    const saved = asSaved(passage, written, sourceText(open, passage))
    const passages = open.passages.map((each) => (each.id === passageId ? saved : each))
    const isGone = written === '' && passage.section !== 'title' && passage.sourceId === undefined
    await deps.translations.replacePassages(id, isGone ? passages.filter((each) => each !== saved) : passages)
    const { draft } = open
    await deps.drafts.put(id, draft.version + 1, { content, basedOn: draft.basedOn }, actor)
    await appendDraftChanged(deps, id, draft.version + 1)
    const lock = await deps.locks.take(id, passageId, actor)
    await deps.audit.record('article.passage-translated', actor, id, {
      before: { passage: passageId, section: passage.section, state: passage.state },
      after: { state: saved.state, version: saved.version },
    })
    return showPassage({ ...open, content, passages, locks: new Map([[passageId, lock]]) }, saved, actor)
  })
}

/** A passage with the text that a person saved. */
function asSaved(passage: TranslatedPassage, text: string, source = ''): TranslatedPassage {
  const version = passage.version + 1
  if (text === '')
    return { ...passage, text, version, state: 'open', translatedFrom: '', proposal: undefined }
  return {
    ...passage,
    text,
    version,
    state: 'translated',
    since: undefined,
    translatedFrom: source,
    proposal: undefined,
  }
}

/** @throws CodedError TRANSLATION_PASSAGE_LOCKED */
async function refuseLocked(open: OpenTranslation, passage: TranslatedPassage, actor: Actor): Promise<void> {
  const lock = open.locks.get(passage.id)
  if (lock === undefined || lock.by.id === actor.id) return
  const current = await showPassage(open, passage, actor)
  const until = `${lock.until.slice(11, 19)} UTC`
  throw translationErrors.TRANSLATION_PASSAGE_LOCKED({
    id: open.translation.id,
    by: lock.by.name,
    until,
    current,
  })
}

function lineOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Without blank lines around it; its first line keeps its indent, which Markdown may need. */
function trimLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd()
}
