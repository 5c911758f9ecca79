import type { Actor } from '../../access/actor.ts'
import { toHtml } from '../../text/markdown/to-html.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { linkDefinitions } from '../passages/section-blocks.ts'
import { type OpenTranslation, openTranslation, sourceText } from './open-translation.ts'
import type { Addition } from './place-passages.ts'
import type { TranslatedPassage } from './translated-passage.ts'

/** A passage of a translation as its translators see it. */
export interface TranslatedPassageView
  extends Pick<TranslatedPassage, 'id' | 'section' | 'text' | 'state' | 'since' | 'proposal' | 'version'> {
  /** What the original says now; absent where it no longer has the passage. */
  readonly source?: { readonly text: string; readonly html: string }
  /** What the original said when it was translated, where it says something else now. */
  readonly before?: string
  readonly html: string
  readonly lock?: {
    readonly by: { readonly id: string; readonly name: string }
    readonly until: string
    readonly own: boolean
  }
}

/** A translation beside its original. */
export interface TranslationView {
  readonly id: string
  readonly title: string
  readonly language: string
  readonly confidence: Article['confidence']
  readonly audience: Article['audience']
  readonly original: Pick<Article, 'id' | 'title' | 'language' | 'revision' | 'confidence' | 'audience'>
  readonly passages: TranslatedPassageView[]
  readonly additions: (Addition & { readonly html: string })[]
  /** Whether texts are in a draft that is not applied yet. */
  readonly hasDraft: boolean
  /** Whether the company runs a translation service. */
  readonly proposes: boolean
}

/** Shows a translation beside its original. @throws CodedError as {@link openTranslation} does */
export async function showTranslation(
  deps: ArticleDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<TranslationView> {
  const open = await openTranslation(deps, { id, actor })
  const { translation, original, content } = open
  const passages: TranslatedPassageView[] = []
  for (const passage of open.passages) passages.push(await showPassage(open, passage, actor))
  const additions: TranslationView['additions'] = []
  for (const each of open.additions)
    additions.push({
      ...each,
      html: await toHtml(`${each.text}\n\n${linkDefinitions(content[each.section])}`),
    })
  return {
    id,
    title: content.title,
    language: translation.language,
    confidence: translation.confidence,
    audience: translation.audience,
    original: {
      id: original.id,
      title: original.title,
      language: original.language,
      revision: original.revision,
      confidence: original.confidence,
      audience: original.audience,
    },
    passages,
    additions,
    hasDraft: open.draft.savedBy !== undefined,
    proposes: deps.proposer !== undefined,
  }
}

/** One passage, as {@link showTranslation} shows it. */
export async function showPassage(
  open: OpenTranslation,
  passage: TranslatedPassage,
  actor: Pick<Actor, 'id'>,
): Promise<TranslatedPassageView> {
  const { id, section, text, state, since, proposal, version } = passage
  const now = sourceText(open, passage)
  const lock = open.locks.get(id)
  const render = (markdown: string, of: Article | OpenTranslation['content']) =>
    markdown === '' || section === 'title' ? '' : toHtml(`${markdown}\n\n${linkDefinitions(of[section])}`)
  return {
    id,
    section,
    text,
    state,
    since,
    proposal,
    version,
    source: now === undefined ? undefined : { text: now, html: await render(now, open.original) },
    before:
      state !== 'open' && passage.translatedFrom !== '' && passage.translatedFrom !== now
        ? passage.translatedFrom
        : undefined,
    html: await render(text, open.content),
    lock: lock && { ...lock, own: lock.by.id === actor.id },
  }
}
