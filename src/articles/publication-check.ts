import type { Actor } from '../access/actor.ts'
import { AUDIENCES, type Audience } from '../access/audience.ts'
import { CodedError } from '../platform/errors.ts'
import type { Sentences } from '../text/wording.ts'
import { missingSections } from './article.ts'
import type { ArticleDeps } from './deps.ts'
import { type ArticleFinding, requireNoPersonalData } from './personal-data.ts'
import { readerOf } from './readable-articles.ts'

/** What stands between an article and its publication, or should be known before it. */
export interface PublicationReason {
  readonly code: string
  /** Whether publishing is refused as long as it holds. */
  readonly blocks: boolean
  /** What lifts it where the publisher has checked it: this field of the request to publish. */
  readonly confirm?: 'confirmWiderAudience' | 'confirmPersonalData'
  readonly sentences: Sentences
  readonly missing?: string[]
  readonly threadId?: string
  readonly permitted?: Audience
  readonly findings?: ArticleFinding[]
  readonly flags?: number
}

const SECTION_NAMES = {
  title: { en: 'a title', fr: 'un titre' },
  issue: { en: 'the issue', fr: 'le problème' },
  resolution: { en: 'the resolution', fr: 'la résolution' },
} as const

/**
 * What an article, or what its draft will make of it, lacks to be published for an audience: all reasons at once, where
 * publishing stops at the first.
 *
 * @throws CodedError ARTICLE_NOT_FOUND
 */
export async function checkPublication(
  deps: ArticleDeps,
  {
    id,
    audience,
    draft: ofDraft = false,
    actor,
  }: {
    readonly id: string
    readonly audience: Audience
    readonly draft?: boolean
    readonly actor: Actor
  },
): Promise<PublicationReason[]> {
  const article = await deps.articles.require(id, readerOf(actor))
  const { draft } = await deps.drafts.find(id)
  // Who may not see the draft learns nothing of what it lacks.
  const isRead = ofDraft && draft !== undefined && (await deps.drafts.isOpenTo(id, actor.audience))
  const content = isRead ? draft.content : article
  const reasons: PublicationReason[] = []
  const missing = missingSections(content)
  if (missing.length > 0) {
    const named = (language: 'en' | 'fr') =>
      new Intl.ListFormat(language).format(missing.map((section) => SECTION_NAMES[section][language]))
    reasons.push({
      code: 'ARTICLE_INCOMPLETE',
      blocks: true,
      missing,
      sentences: {
        en: `Add what is missing: ${named('en')}.`,
        fr: `Ajoutez ce qui manque\u00a0: ${named('fr')}.`,
      },
    })
  }

  if (audience !== 'internal') {
    const locked = await deps.citations.lockedThread(id)
    if (locked !== undefined)
      reasons.push({
        code: 'THREAD_PROTECTED',
        blocks: true,
        threadId: (await deps.citations.isThreadReadable(locked, actor.audience)) ? locked : undefined,
        sentences: {
          en: 'A discussion that it was made from is protected. Two people must release it first.',
          fr: 'Une discussion dont il est tiré est protégée. Deux personnes doivent d’abord lever la protection.',
        },
      })
  }

  const permitted = await deps.citations.permittedAudience(id)
  if (AUDIENCES.indexOf(audience) > AUDIENCES.indexOf(permitted))
    reasons.push({
      code: 'ARTICLE_AUDIENCE_WIDER',
      blocks: true,
      confirm: 'confirmWiderAudience',
      permitted,
      sentences: {
        en: `It cites posts that only the audience “${permitted}” may see. Check that the text may be shown to more people.`,
        fr: `Il cite des messages que seul le public «\u00a0${permitted}\u00a0» peut voir. Vérifiez que le texte peut être montré à d’autres.`,
      },
    })

  const personal = refusalOf(() =>
    requireNoPersonalData({ id, audience, draft: content }, { identifiers: deps.identifiers }),
  )
  if (personal !== undefined)
    reasons.push({
      code: personal.code,
      blocks: true,
      confirm: 'confirmPersonalData',
      findings: personal.details.errors as ArticleFinding[],
      sentences: {
        en: `It may contain personal data (${personal.details.kinds}). Remove it, or check that it may be shown.`,
        fr: `Il contient peut-être des données personnelles (${personal.details.kinds}). Retirez-les, ou vérifiez qu’elles peuvent être montrées.`,
      },
    })

  const flags = (await deps.citations.of(id, actor.audience)).filter(({ flag }) => flag !== undefined).length
  if (flags > 0)
    reasons.push({
      code: 'CITATIONS_FLAGGED',
      blocks: false,
      flags,
      sentences: {
        en: `${flags === 1 ? 'A cited post has' : `${flags} cited posts have`} changed since. Read what rests on ${flags === 1 ? 'it' : 'them'} again.`,
        fr: `${flags === 1 ? 'Un message cité a' : `${flags} messages cités ont`} changé depuis. Relisez ce qui s’appuie dessus.`,
      },
    })

  if (draft !== undefined && !isRead)
    reasons.push({
      code: 'DRAFT_PENDING',
      blocks: false,
      sentences: {
        en: 'There is a draft that is not in the article yet. Apply it first if it should be published.',
        fr: 'Un brouillon n’est pas encore dans l’article. Appliquez-le d’abord s’il doit être publié.',
      },
    })
  return reasons
}

/** The error with which a check refuses; undefined where it passes. */
function refusalOf(check: () => void): CodedError | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
}
