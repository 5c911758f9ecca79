import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { helpCentreErrors } from '../help-centre/errors.ts'
import type { Serving } from '../help-centre/serving.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'
import { storable } from './asking/check-text.ts'
import { hashOf } from './asking/form-tokens.ts'
import { topicOfThread, topicsFor } from './asking/topics.ts'
import type { AskingPageDeps } from './deps.ts'
import { communityErrors } from './errors.ts'
import { expectedAnswer } from './following/expected-answer.ts'
import { followQuestion } from './following/followed-question.ts'
import { reply as addReply, markAnswer, takeBackReply } from './following/reply.ts'
import { followPage } from './pages/follow-page.ts'
import { mailPage } from './pages/mail-page.ts'
import { followPath, mailPath, SECRET_PATTERN } from './pages/paths.ts'
import type { AskedQuestion } from './question.ts'
import type { LinkPurpose } from './question-store.ts'

const LARGEST_FORM = 1_114_112
/** Replies, marks and the like an hour from one address. */
const FORMS = 120
const HOUR_MS = 3_600_000
/** How often one address may open links, right or wrong, in a minute. */
const OPENED = 240

const Params = Type.Object({ language: Type.Enum(['en', 'fr']), secret: Type.String() })
const text = Type.Optional(Type.String())
const PATH = `/help/:language/questions/:secret(${SECRET_PATTERN})`
const PostChoice = Type.Object({ post: Type.String({ maxLength: 100 }) })

const acting = {
  allow: 'anyone',
  rateLimit: { max: FORMS, timeWindow: HOUR_MS, hook: 'preHandler' },
} as const

/** The page by which an asker follows a question; whoever has its address may do all of this. */
export function followRoutes(
  deps: AskingPageDeps & { readonly serving: Serving },
): FastifyPluginAsyncTypebox {
  const { serving, questions, addresses, tokens, clock, published } = deps

  /** @throws CodedError HELP_PAGE_NOT_FOUND */
  async function open(given: string): Promise<{
    readonly secret: string
    readonly question: AskedQuestion
    readonly purpose: LinkPurpose
  }> {
    const secret = given.slice('ask_'.length)
    const found = await questions.byLink(hashOf(secret))
    if (found === undefined) throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
    return { ...found, secret }
  }

  async function mailOf({ id }: AskedQuestion): Promise<'none' | 'unconfirmed' | 'confirmed'> {
    const address = await addresses.find(id)
    return address === undefined ? 'none' : address.isConfirmed ? 'confirmed' : 'unconfirmed'
  }

  /** A link that was mailed to an address opens the question once the address is confirmed. */
  async function mayFollow({ purpose, question }: Awaited<ReturnType<typeof open>>): Promise<boolean> {
    return purpose === 'follow' || (await mailOf(question)) === 'confirmed'
  }

  /** @throws CodedError HELP_PAGE_NOT_FOUND */
  async function requireFollowed(given: string): Promise<Awaited<ReturnType<typeof open>>> {
    const opened = await open(given)
    if (!(await mayFollow(opened))) throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
    return opened
  }

  async function sendQuestion(
    request: FastifyRequest,
    reply: FastifyReply,
    language: SpokenLanguage,
    { secret, question }: Pick<Awaited<ReturnType<typeof open>>, 'secret' | 'question'>,
    rest: { readonly typed?: string; readonly problem?: string; readonly isReplied?: boolean } = {},
  ) {
    const site = await serving.siteFor(request, language)
    const { audience } = request.actor
    const followed = await followQuestion(deps, question)
    const shown = followed.thread?.id
    const topics = await topicsFor(deps, site.settings, language, audience)
    const chosen =
      question.topic !== undefined && topics.includes(question.topic) ? question.topic : undefined
    const page = await followPage(site, {
      ...followed,
      ...rest,
      secret,
      topic: chosen ?? (shown === undefined ? undefined : await topicOfThread(deps, shown, topics)),
      expected: shown === undefined ? undefined : await expectedAnswer(deps, shown),
      articles: shown === undefined ? [] : await published.answering(shown, audience),
      mail: await mailOf(question),
      token: await tokens.issue(),
      now: clock.now(),
    })
    return serving.sendPage(request, reply, site, page, 'secret')
  }

  return async (app) => {
    app.get(
      PATH,
      {
        config: { allow: 'anyone', rateLimit: { max: OPENED, timeWindow: 60_000 } },
        schema: { hide: true, params: Params, querystring: Type.Object({ replied: text }) },
      },
      async (request, reply) => {
        const { language, secret } = request.params
        const opened = await open(secret)
        if (!(await mayFollow(opened))) return reply.redirect(mailPath(language, opened.secret), 303)
        const isReplied = request.query.replied !== undefined
        return sendQuestion(request, reply, language, opened, { isReplied })
      },
    )

    app.post(
      `${PATH}/replies`,
      {
        bodyLimit: LARGEST_FORM,
        config: acting,
        schema: { hide: true, params: Params, body: Type.Object({ text, token: text }) },
        async errorHandler(error, request, reply) {
          const { language, secret } = request.params as Static<typeof Params>
          const given = request.body as { readonly text?: string } | undefined
          if (given === undefined) throw error
          const known = app.explain(error, request, language)
          if (known.status === 404 || known.status >= 500) throw error
          const told =
            known.code === 'RATE_LIMITED'
              ? app.explain(communityErrors.QUESTION_TOO_MANY(), request, language)
              : known
          if (known.retryAfterS !== undefined) reply.header('retry-after', known.retryAfterS)
          return sendQuestion(request, reply.code(told.status), language, await requireFollowed(secret), {
            typed: storable(given.text ?? ''),
            problem: told.detail,
          })
        },
      },
      async (request, reply) => {
        const { language } = request.params
        const { secret, question } = await requireFollowed(request.params.secret)
        const { text: typed = '', token = '' } = request.body
        if (question.status !== 'passed-on') throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
        await addReply(deps, question, { text: typed, token })
        return reply.redirect(`${followPath(language, secret)}?replied=1#reply`, 303)
      },
    )

    app.post(
      `${PATH}/withdrawals`,
      { config: acting, schema: { hide: true, params: Params, body: PostChoice } },
      async (request, reply) => {
        const { secret, question } = await requireFollowed(request.params.secret)
        await takeBackReply(deps, question, request.body.post)
        return reply.redirect(followPath(request.params.language, secret), 303)
      },
    )

    app.post(
      `${PATH}/marks`,
      {
        config: acting,
        schema: {
          hide: true,
          params: Params,
          body: Type.Object({ ...PostChoice.properties, useful: Type.Enum(['yes', 'no', 'undo']) }),
        },
      },
      async (request, reply) => {
        const { secret, question } = await requireFollowed(request.params.secret)
        const { post, useful } = request.body
        await markAnswer(deps, question, {
          postId: post,
          useful: useful === 'undo' ? undefined : useful === 'yes',
        })
        return reply.redirect(
          `${followPath(request.params.language, secret)}#${encodeURIComponent(post)}`,
          303,
        )
      },
    )

    app.get(
      `${PATH}/mail`,
      {
        config: { allow: 'anyone', rateLimit: { max: OPENED, timeWindow: 60_000 } },
        schema: { hide: true, params: Params },
      },
      async (request, reply) => {
        const { language } = request.params
        const opened = await open(request.params.secret)
        const site = await serving.siteFor(request, language)
        const page = mailPage(site, {
          number: opened.question.number,
          secret: opened.secret,
          state: await mailOf(opened.question),
          mayFollow: await mayFollow(opened),
        })
        return serving.sendPage(request, reply, site, page, 'secret')
      },
    )

    app.post(
      `${PATH}/mail`,
      {
        config: acting,
        schema: { hide: true, params: Params, body: Type.Object({ do: Type.Enum(['confirm', 'stop']) }) },
      },
      async (request, reply) => {
        const opened = await open(request.params.secret)
        const { id } = opened.question
        // Only who has the mail shows that the address is theirs.
        if (request.body.do === 'stop') await addresses.remove(id)
        else if (opened.purpose === 'confirm') await addresses.confirm(id)
        return reply.redirect(mailPath(request.params.language, opened.secret), 303)
      },
    )
  }
}
