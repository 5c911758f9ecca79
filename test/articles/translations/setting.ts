import type { Audience } from '../../../src/access/audience.ts'
import type { ArticleContent } from '../../../src/articles/article.ts'
import { editPassages } from '../../../src/articles/passages/edit-passages.ts'
import type {
  TranslatedPassageView,
  TranslationView,
} from '../../../src/articles/translations/show-translation.ts'
import type { TranslationProposer } from '../../../src/articles/translations/translation-proposer.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { actor, manager, openWorld, trained } from '../world.ts'

export const ORIGINAL: ArticleContent = {
  title: 'Données à l’étranger',
  issue: 'Pas d’internet en Espagne.\n\nLe réseau est pourtant affiché.',
  environment: 'Mobile',
  resolution:
    'Ouvrez les réglages.\n\n- Touchez **Réseau**.\n- Activez l’itinérance.\n\nRedémarrez le téléphone.',
  cause: '',
  language: 'fr',
}

export type Setting = Awaited<ReturnType<typeof openTranslations>>

/** People of all kinds, and a way to add articles of any state. */
export async function openTranslations(address: TestDatabase, proposer?: TranslationProposer) {
  const world = await openWorld(address)
  const call = await world.app(
    [
      manager,
      trained('ana', 'publisher'),
      trained('ben', 'publisher'),
      trained('cleo', 'candidate'),
      { ...actor('reader', 'internal', 'agent'), proficiency: 'candidate' },
      trained('partner', 'publisher', 'partner'),
      actor('router', 'internal', 'router'),
      actor('customer', 'customer'),
    ],
    proposer,
  )
  const add = async (
    content: Partial<ArticleContent> = {},
    audience: Audience = 'internal',
    isPublished = audience !== 'internal',
  ): Promise<string> =>
    world.db.transaction(async () => {
      const confidence = isPublished ? 'validated' : 'not_validated'
      const article = await world.articles.add(
        { ...ORIGINAL, ...content, threadIds: [], confidence, audience },
        manager,
      )
      await editPassages(world, { article: article!, passages: [], actor: manager })
      return article!.id
    })
  const show = async (id: string, who = 'ana'): Promise<TranslationView> =>
    (await call(who, 'GET', `/articles/${id}/translation`)).body
  const begin = async (id: string, language = 'en', who = 'ana'): Promise<string> =>
    (await call(who, 'POST', `/articles/${id}/translations`, { language })).body.id
  const at = (id: string, passage: TranslatedPassageView) =>
    `/articles/${id}/translation/passages/${passage.id}`

  return {
    world,
    call,
    add,
    show,
    begin,
    at,
    /** Locks and saves the passage of a translation at some place of its list. */
    async translate(id: string, place: number, text: string, who = 'ana') {
      const passage = (await show(id, who)).passages[place]!
      await call(who, 'PUT', `${at(id, passage)}/lock`)
      return call(who, 'PUT', at(id, passage), { text, version: passage.version })
    },
    /** Edits an article as the manager. */
    async edit(id: string, change: Partial<ArticleContent> & { significant?: boolean }) {
      const { etag } = await call('manager', 'GET', `/articles/${id}`)
      return call('manager', 'PATCH', `/articles/${id}`, change, { 'if-match': etag! })
    },
    /** Makes the draft of an article its next revision. */
    async apply(id: string, who = 'ana') {
      const { etag } = await call(who, 'GET', `/articles/${id}/draft`)
      return call(who, 'POST', `/articles/${id}/draft/apply`, undefined, { 'if-match': etag! })
    },
  }
}
