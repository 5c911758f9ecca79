import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { entityTag, requireVersionIn } from '../../platform/entity-tag.ts'
import { preferredLanguage } from '../../text/language/preferred-language.ts'
import type { ArticleDeps } from '../deps.ts'
import { presentArticle } from '../present-article.ts'
import { checkPublication } from '../publication/check-publication.ts'
import * as publication from '../publication/publication-schemas.ts'
import * as schemas from '../schemas.ts'
import * as drafts from './draft-schemas.ts'
import { applyDraft, type DraftView, discardDraft, saveDraft, showDraft } from './edit-draft.ts'

const COLLEAGUES = ['agent', 'knowledge-manager', 'supervisor'] as const
const tags = ['articles']

/** What people write before it is an article's next revision: drafts, their preview, and what publication lacks. */
export function draftRoutes(deps: ArticleDeps): FastifyPluginAsyncTypebox {
  /** The draft with its ETag. */
  function showVersion(draft: DraftView, reply: FastifyReply): DraftView {
    reply.header('etag', entityTag(draft.version))
    return draft
  }

  return async (app) => {
    app.post(
      '/articles/preview',
      {
        config: { allow: COLLEAGUES, idempotent: false },
        schema: {
          operationId: 'previewMarkdown',
          summary: 'Render Markdown as articles are published',
          description: 'Nothing is stored. HTML in the text is converted as it is when an article is saved.',
          tags,
          body: drafts.PreviewBody,
          response: { 200: drafts.Preview },
        },
      },
      async ({ body }) => {
        // Loaded when it is first asked for: most processes render nothing.
        const { toHtml } = await import('../../text/markdown/to-html.ts')
        return { html: await toHtml(body.markdown) }
      },
    )

    app.get(
      '/articles/:id/draft',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'getDraft',
          summary: 'Get the draft of an article',
          description: 'Where there is no draft: the content of the article, without `savedAt`.',
          tags,
          params: schemas.ArticleParams,
          response: { 200: drafts.Draft },
        },
      },
      async ({ params, actor }, reply) => showVersion(await showDraft(deps, { ...params, actor }), reply),
    )

    app.put(
      '/articles/:id/draft',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'saveDraft',
          summary: 'Save the draft of an article',
          description:
            'The article stays as it is, and gets no revision. A 412 holds the draft as it is now.',
          tags,
          params: schemas.ArticleParams,
          headers: drafts.DraftIfMatch,
          body: drafts.NewDraft,
          response: { 200: drafts.Draft },
        },
      },
      async ({ params, body, actor, headers }, reply) => {
        const version = requireVersionIn(headers['if-match'])
        return showVersion(await saveDraft(deps, { ...params, ...body, version, actor }), reply)
      },
    )

    app.delete(
      '/articles/:id/draft',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'discardDraft',
          summary: 'Discard the draft of an article',
          tags,
          params: schemas.ArticleParams,
          headers: drafts.DraftIfMatch,
          response: { 204: Type.Null({ description: 'There is no draft any more' }) },
        },
      },
      async ({ params, actor, headers }, reply) => {
        const version = requireVersionIn(headers['if-match'])
        await discardDraft(deps, { ...params, version, actor })
        return reply.code(204).send(null)
      },
    )

    app.post(
      '/articles/:id/draft/apply',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'applyDraft',
          summary: 'Make the draft of an article its next revision',
          description:
            'The draft is gone then. 412 with `current` where the article has changed since the revision that was edited: merge the texts, save the draft with the new `basedOn`, and apply it again.',
          tags,
          params: schemas.ArticleParams,
          headers: drafts.DraftIfMatch,
          querystring: schemas.SignificantQuery,
          response: { 200: schemas.Article },
        },
      },
      async ({ params, query, actor, headers }, reply) => {
        const version = requireVersionIn(headers['if-match'])
        const article = await applyDraft(deps, { ...params, ...query, version, actor })
        reply.header('etag', entityTag(article.revision))
        return presentArticle(deps, article, actor)
      },
    )

    app.get(
      '/articles/:id/publication',
      {
        config: { allow: COLLEAGUES },
        schema: {
          operationId: 'checkPublication',
          summary: 'Check what an article lacks to be published to an audience',
          tags,
          params: schemas.ArticleParams,
          querystring: publication.PublicationQuerystring,
          response: { 200: publication.PublicationCheck },
        },
      },
      async ({ params, query: { audience, draft }, actor, headers }, reply) => {
        const language = preferredLanguage(headers['accept-language'])
        reply.header('content-language', language).header('vary', 'accept-language')
        const found = await checkPublication(deps, { ...params, audience, draft, actor })
        const reasons = found.map(({ sentences, ...reason }) => ({
          ...reason,
          sentence: sentences[language],
        }))
        return { audience, ready: !reasons.some(({ blocks }) => blocks), reasons }
      },
    )
  }
}
