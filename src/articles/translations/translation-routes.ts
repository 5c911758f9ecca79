import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { entityTag } from '../../platform/entity-tag.ts'
import type { ArticleDeps } from '../deps.ts'
import { presentArticle } from '../present-article.ts'
import * as schemas from '../schemas.ts'
import { beginTranslation, linkTranslation, unlinkTranslation } from './link-translation.ts'
import { listTranslations } from './list-translations.ts'
import { proposeTexts } from './propose-texts.ts'
import { lockPassage, releasePassage, savePassage } from './save-passage.ts'
import { showTranslation } from './show-translation.ts'
import * as translations from './translation-schemas.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

/** Translations of articles: which there are, which are missing or stale, and the work on them passage by passage. */
export function translationRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/translations',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'listTranslations',
          summary: 'List missing or stale translations, the most wanted first',
          description:
            'By how often the articles were used, then by the views of the threads that they were made from. `missing` needs a `language`.',
          tags,
          querystring: translations.TranslationQuery,
          response: { 200: translations.TranslationPage },
        },
      },
      async ({ query, actor }) => {
        const { items, ...page } = await listTranslations(deps, { ...query, actor })
        return { ...page, items: [...items] }
      },
    )

    app.post(
      '/articles/:id/translations',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'beginTranslation',
          summary: 'Begin a translation of an article',
          description:
            'Adds a draft article with the passages of the original, all open. A translation of a translation is one of its original.',
          tags,
          params: schemas.ArticleParams,
          body: translations.NewTranslation,
          response: { 201: schemas.Article },
        },
      },
      async ({ params: { id }, body: { language }, actor }, reply) => {
        const article = await beginTranslation(deps, { id, language, actor })
        reply.code(201).header('etag', entityTag(article.revision))
        return presentArticle(deps, article, actor)
      },
    )

    app.put(
      '/articles/:id/translation',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'linkTranslation',
          summary: 'Link an article to the one that it is a translation of',
          description:
            'Their passages are paired in their order, section by section. Linking them again changes nothing.',
          tags,
          params: schemas.ArticleParams,
          body: translations.Link,
          response: { 200: schemas.Article },
        },
      },
      async ({ params: { id }, body: { originalId }, actor }, reply) => {
        const article = await linkTranslation(deps, { id, originalId, actor })
        reply.header('etag', entityTag(article.revision))
        return presentArticle(deps, article, actor)
      },
    )

    app.delete(
      '/articles/:id/translation',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'unlinkTranslation',
          summary: 'Unlink a translation from its original',
          description: 'The text of the translation stays.',
          tags,
          params: schemas.ArticleParams,
          response: { 204: Type.Null({ description: 'It is an article of its own' }) },
        },
      },
      async ({ params: { id }, actor }, reply) => {
        await unlinkTranslation(deps, { id, actor })
        return reply.code(204).send(null)
      },
    )

    app.get(
      '/articles/:id/translation',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getTranslation',
          summary: 'Get a translation beside its original, passage by passage',
          description: 'For whoever may edit the translation. Texts are those of its draft where it has one.',
          tags,
          params: schemas.ArticleParams,
          response: { 200: translations.Translation },
        },
      },
      async ({ params: { id }, actor }) => showTranslation(deps, { id, actor }),
    )

    app.post(
      '/articles/:id/translation/proposals',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'proposeTexts',
          summary: 'Ask the company’s translation service for texts',
          description:
            'Of some passages, or of all that are open or stale, at most 50 at a time. What is proposed is no text of the translation until a person saves it. Personal data that nobody has waived is not sent.',
          tags,
          params: schemas.ArticleParams,
          body: translations.ProposalBody,
          response: { 200: translations.Proposals },
        },
      },
      async ({ params: { id }, body: { passages }, actor }) => proposeTexts(deps, { id, passages, actor }),
    )

    app.put(
      '/articles/:id/translation/passages/:passage/lock',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'lockPassage',
          summary: 'Lock a passage of a translation while you work on it',
          description:
            'For 90 seconds; locking it again renews that. Nobody else saves it before you release it or the lock ends.',
          tags,
          params: translations.PassageParams,
          response: { 200: translations.TranslatedPassage },
        },
      },
      async ({ params: { id, passage: passageId }, actor }) => lockPassage(deps, { id, passageId, actor }),
    )

    app.delete(
      '/articles/:id/translation/passages/:passage/lock',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'releasePassage',
          summary: 'Release a passage that you locked',
          tags,
          params: translations.PassageParams,
          response: { 204: Type.Null({ description: 'You do not hold the passage' }) },
        },
      },
      async ({ params: { id, passage: passageId }, actor }, reply) => {
        await releasePassage(deps, { id, passageId, actor })
        return reply.code(204).send(null)
      },
    )

    app.put(
      '/articles/:id/translation/passages/:passage',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'savePassage',
          summary: 'Save the translation of a passage',
          description:
            'Into the draft of the translation, which is applied and published as that of any article. Lock the passage first; a refusal holds the passage as it is now.',
          tags,
          params: translations.PassageParams,
          body: translations.PassageText,
          response: { 200: translations.TranslatedPassage },
        },
      },
      async ({ params: { id, passage: passageId }, body: { text, version }, actor }) =>
        savePassage(deps, { id, passageId, text, version, actor }),
    )
  }
}
