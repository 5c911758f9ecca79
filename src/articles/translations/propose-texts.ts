import type { Actor } from '../../access/actor.ts'
import { toMarkdown } from '../../text/markdown/to-markdown.ts'
import type { ArticleContent } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { openFindings } from '../privacy/privacy-lock.ts'
import { translationErrors } from './errors.ts'
import { type OpenTranslation, openTranslation, requirePassage, sourceText } from './open-translation.ts'
import { showTranslation, type TranslationView } from './show-translation.ts'
import type { TranslatedPassage } from './translated-passage.ts'

/** Passages that one request asks about; the rest waits for the next. */
const MOST_PASSAGES = 50
const MOST_CHARACTERS = 200_000
const LONGEST_PROPOSAL = 100_000

const NOTHING: ArticleContent = {
  title: '',
  issue: '',
  environment: '',
  resolution: '',
  cause: '',
  language: 'und',
}

export interface Proposed {
  readonly translation: TranslationView
  /** Passages that were not sent, because they may hold personal data. */
  readonly withheld: string[]
}

/**
 * Asks the company's translation service for texts of some passages, or of all open and stale ones. What it proposes is
 * marked as such until a person saves the passage, and is no text of the translation. Personal data that nobody has waived
 * is not sent.
 *
 * @throws CodedError TRANSLATION_PROPOSALS_OFF, TRANSLATION_PROPOSALS_FAILED, TRANSLATION_PERSONAL_DATA,
 *   TRANSLATION_PASSAGE_NOT_FOUND, and as {@link openTranslation} does
 */
export async function proposeTexts(
  deps: ArticleDeps,
  {
    id,
    passages: named,
    actor,
  }: { readonly id: string; readonly passages?: readonly string[]; readonly actor: Actor },
): Promise<Proposed> {
  const open = await openTranslation(deps, { id, actor })
  const { proposer } = deps
  if (proposer === undefined) throw translationErrors.TRANSLATION_PROPOSALS_OFF()
  const wanted =
    named?.map((each) => requirePassage(open, each)) ??
    open.passages.filter(({ state, proposal }) => state !== 'translated' && proposal === undefined)
  const { sent, withheld } = await chooseSendable(deps, open, wanted)
  if (sent.length === 0 && withheld.length > 0)
    throw translationErrors.TRANSLATION_PERSONAL_DATA({ id: open.original.id })
  if (sent.length > 0) {
    const { language: from } = open.original
    const texts = await proposer.propose({
      from,
      to: open.translation.language,
      texts: sent.map(({ text }) => text),
    })
    const proposed: Pick<TranslatedPassage, 'id' | 'version' | 'proposal'>[] = []
    for (const [at, { passage }] of sent.entries()) {
      const markdown = (await toMarkdown(texts[at] ?? '', 'markdown')).trim()
      if (markdown === '' || markdown.length > LONGEST_PROPOSAL) continue
      proposed.push({ id: passage.id, version: passage.version, proposal: markdown })
    }
    await deps.db.transaction(async () => {
      await openTranslation(deps, { id, actor }, { forChange: true })
      await deps.translations.propose(id, proposed)
      await deps.audit.record('article.translation-proposed', actor, id, {
        after: { passages: proposed.length, withheld: withheld.length },
      })
    })
  }
  return { translation: await showTranslation(deps, { id, actor }), withheld }
}

/** Those of some passages whose original holds no personal data that nobody has waived, as many as one request takes. */
async function chooseSendable(
  deps: ArticleDeps,
  open: OpenTranslation,
  wanted: readonly TranslatedPassage[],
): Promise<{ readonly sent: { passage: TranslatedPassage; text: string }[]; readonly withheld: string[] }> {
  const sent: { passage: TranslatedPassage; text: string }[] = []
  const withheld: string[] = []
  let size = 0
  for (const passage of wanted) {
    const text = sourceText(open, passage) ?? ''
    if (text.trim() === '') continue
    size += text.length
    if (sent.length === MOST_PASSAGES || (size > MOST_CHARACTERS && sent.length > 0)) break
    const findings = await openFindings(deps, open.original.id, { ...NOTHING, [passage.section]: text })
    if (findings.length > 0) withheld.push(passage.id)
    else sent.push({ passage, text })
  }
  return { sent, withheld }
}
