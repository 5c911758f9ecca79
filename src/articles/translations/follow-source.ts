import type { ArticleContent } from '../article.ts'
import { CITATION_SECTIONS } from '../citation.ts'
import type { StoredPassage } from '../passages/passage.ts'
import { openPassage, type TranslatedPassage } from './translated-passage.ts'

/** An original as its translators see it. */
export interface Source {
  readonly title: ArticleContent['title']
  readonly passages: readonly Pick<StoredPassage, 'id' | 'section' | 'text'>[]
}

/**
 * The passages of a translation after an edit of its original. A significant edit makes those stale that it changed, opens
 * what it added, and says since when; a minor one leaves the translation as right as it was. What the original no longer
 * has stays until a translator takes it away, unless nobody had translated it. One that says again what was translated is
 * no longer stale.
 *
 * @param since when the edit was made, where it is significant
 */
export function followSource(
  passages: readonly TranslatedPassage[],
  edit: { readonly before: Source; readonly after: Source; readonly since?: string },
  newId: () => string,
): TranslatedPassage[] {
  const { before, after, since } = edit
  const said = new Map(before.passages.map(({ id, text }) => [id, text]))
  const heirs = replacedBy(before, after)
  const title = passages
    .filter(({ section }) => section === 'title')
    .map((each) => followText(each, before.title, after.title, since))
  const followed = CITATION_SECTIONS.flatMap((section) => {
    const shown = after.passages.filter((each) => each.section === section)
    const current = shown.map(({ id, text }) => {
      const earlier = heirs.get(id) ?? id
      const own = passages.find(({ sourceId }) => sourceId === earlier)
      if (own === undefined) return openPassage(newId(), section, id, since)
      return { ...followText(own, said.get(earlier) ?? '', text, since), section, sourceId: id }
    })
    const known = new Set(after.passages.map(({ id }) => heirs.get(id) ?? id))
    const gone = passages.filter(
      ({ section: of, sourceId, text }) =>
        of === section && text !== '' && (sourceId === undefined || !known.has(sourceId)),
    )
    return [
      ...current,
      ...gone.map((each) => (each.sourceId === undefined ? each : withoutSource(each, since))),
    ]
  })
  return [...title, ...followed]
}

/** Passages that share no words with an earlier one, and stand just where one was: what they replaced. */
function replacedBy(before: Source, after: Source): Map<string, string> {
  const replaced = new Map<string, string>()
  const [old, current] = [before, after].map((source) => new Set(source.passages.map(({ id }) => id)))
  const places = (source: Source, others: ReadonlySet<string> | undefined) => {
    const own = new Map<string, string>()
    for (const section of CITATION_SECTIONS) {
      let place = `${section} `
      let count = 0
      for (const { id } of source.passages.filter((each) => each.section === section)) {
        if (others?.has(id)) [place, count] = [`${section} ${id}`, 0]
        else own.set(`${place} ${count++}`, id)
      }
    }
    return own
  }
  const gone = places(before, current)
  for (const [place, id] of places(after, old)) {
    const earlier = gone.get(place)
    if (earlier !== undefined) replaced.set(id, earlier)
  }
  return replaced
}

function followText(
  passage: TranslatedPassage,
  before: string,
  after: string,
  since: string | undefined,
): TranslatedPassage {
  if (before === after || passage.state === 'open') return passage
  if (after === passage.translatedFrom) return { ...passage, state: 'translated', since: undefined }
  if (since !== undefined) return { ...passage, state: 'stale', since: passage.since ?? since }
  return passage.state === 'stale' ? passage : { ...passage, translatedFrom: after }
}

function withoutSource(passage: TranslatedPassage, since: string | undefined): TranslatedPassage {
  const gone = { ...passage, sourceId: undefined }
  return since === undefined ? gone : { ...gone, state: 'stale', since: passage.since ?? since }
}
