import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { helpCentreErrors } from '../help-centre/errors.ts'
import { idIn } from '../help-centre/pages/addresses.ts'
import { createReadableResults } from '../help-centre/readable-results.ts'
import type { Serving } from '../help-centre/serving.ts'
import { visitOf } from '../help-centre/visit.ts'
import type { SearchItem } from '../search/answer-query.ts'
import type { SpokenLanguage } from '../text/language/preferred-language.ts'
import { checkQuestion, storable } from './asking/check-text.ts'
import { submitQuestion } from './asking/submit-question.ts'
import { proposeTopic, topicsFor } from './asking/topics.ts'
import type { AskingPageDeps } from './deps.ts'
import { communityErrors } from './errors.ts'
import { type AskView, askPage, type ProblemField, pathOf } from './pages/ask-page.ts'
import { followPath } from './pages/paths.ts'
import { LONGEST_TITLE } from './question.ts'

/** What is read of a form: far more than is taken, so that what is too long comes back to whoever wrote it. */
const LARGEST_FORM = 1_114_112
/** Forms an hour from one address. */
const FORMS = 60
const HOUR_MS = 3_600_000
/** Proposals a minute from one address, while somebody writes. */
const PROPOSALS = 60
/** Characters of a question that are searched with. */
const SEARCHED = 400
const MOST_BESIDE = 5
const SEARCHED_ANSWERS = 10
/** Characters that the model reads of what somebody is writing. */
const LONGEST_CLASSIFIED = 4_000

const Language = Type.Object({ language: Type.Enum(['en', 'fr']) })
const text = Type.Optional(Type.String())
/** Of the page that was read before. */
const after = Type.Optional(Type.String({ maxLength: 80 }))
const Form = Type.Object({
  token: text,
  step: text,
  website: text,
  title: text,
  body: text,
  topic: text,
  email: text,
  after,
})

/** The field that an error is about. */
const FIELDS: Readonly<Record<string, ProblemField>> = {
  QUESTION_TITLE_MISSING: 'title',
  QUESTION_TITLE_TOO_LONG: 'title',
  QUESTION_TEXT_TOO_LONG: 'body',
  QUESTION_EMAIL_INVALID: 'email',
}

/** Where customers ask: a form, complete without a script, and proposals while they write. */
export function askRoutes(deps: AskingPageDeps & { readonly serving: Serving }): FastifyPluginAsyncTypebox {
  const { serving, search, tokens } = deps
  const { withPages } = createReadableResults({ threads: deps.threads, articles: deps })

  /** @throws CodedError HELP_PAGE_NOT_FOUND where nobody may ask */
  async function requireOpen(request: FastifyRequest) {
    const { settings } = await serving.look(request)
    if (!settings.asking.open) throw helpCentreErrors.HELP_PAGE_NOT_FOUND()
    return settings
  }

  async function besideOf(
    { title, body }: { readonly title: string; readonly body: string },
    request: FastifyRequest,
    language: SpokenLanguage,
  ): Promise<SearchItem[]> {
    const { audience } = request.actor
    const q = (title.trim() === '' ? body : title).trim().slice(0, SEARCHED)
    if (q === '') return []
    const wanted = { q, audience, language, limit: SEARCHED_ANSWERS, record: false }
    const found = await search.query(wanted, await request.counters())
    return (await withPages(found.items, audience)).slice(0, MOST_BESIDE)
  }

  async function propose(
    typed: { readonly title: string; readonly body: string },
    request: FastifyRequest,
    language: SpokenLanguage,
  ) {
    const settings = await requireOpen(request)
    const topics = await topicsFor(deps, settings, language, request.actor.audience)
    const read = { title: typed.title.slice(0, LONGEST_TITLE), body: typed.body.slice(0, LONGEST_CLASSIFIED) }
    const [topic, beside] = await Promise.all([
      proposeTopic(deps, read, topics),
      besideOf(read, request, language),
    ])
    return { topics, topic, beside }
  }

  return async (app) => {
    app.get(
      '/help/:language/ask',
      {
        config: { allow: 'anyone' },
        schema: {
          hide: true,
          params: Language,
          querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 400 })), after }),
        },
      },
      async (request, reply) => {
        const { language } = request.params
        const title = request.query.q ?? ''
        const typed = { title, body: '', topic: '', email: '' }
        const { topics, beside } = await propose(typed, request, language)
        const site = await serving.siteFor(request, language)
        const view: AskView = {
          typed,
          topics,
          beside,
          token: await tokens.issue(),
          step: 'check',
          after: idIn(request.query.after ?? ''),
          mayMail: deps.mayMail,
        }
        return serving.sendPage(request, reply, site, askPage(site, view), 'nowhere')
      },
    )

    app.post(
      '/help/:language/ask',
      {
        bodyLimit: LARGEST_FORM,
        // After the body is read, so that nothing is lost that somebody typed.
        config: { allow: 'anyone', rateLimit: { max: FORMS, timeWindow: HOUR_MS, hook: 'preHandler' } },
        schema: { hide: true, params: Language, body: Form },
        /** The form comes back as it was filled in, with what is wrong. */
        async errorHandler(error, request, reply) {
          const { language } = request.params as { readonly language?: SpokenLanguage }
          const given = request.body as Static<typeof Form> | undefined
          if (language === undefined || given === undefined) throw error
          const known = app.explain(error, request, language)
          if (known.status === 404 || known.status >= 500) throw error
          const told =
            known.code === 'RATE_LIMITED'
              ? app.explain(communityErrors.QUESTION_TOO_MANY(), request, language)
              : known
          const site = await serving.siteFor(request, language)
          const { audience } = request.actor
          const isExpired = told.code === 'QUESTION_FORM_EXPIRED'
          const view: AskView = {
            typed: typedIn(given),
            topics: await topicsFor(deps, site.settings, language, audience),
            beside: [],
            token: isExpired || given.token === undefined ? await tokens.issue() : given.token,
            step: given.step === 'send' ? 'send' : 'check',
            after: idIn(given.after ?? ''),
            mayMail: deps.mayMail,
            problem: { text: told.detail, field: FIELDS[told.code] ?? 'form' },
          }
          if (known.retryAfterS !== undefined) reply.header('retry-after', known.retryAfterS)
          return serving.sendPage(request, reply.code(told.status), site, askPage(site, view), 'nowhere')
        },
      },
      async (request, reply) => {
        const { language } = request.params
        const settings = await requireOpen(request)
        const typed = typedIn(request.body)
        const { token = '', website = '', step, title = '', body = '' } = request.body
        if (step === 'send') {
          const topics = await topicsFor(deps, settings, language, request.actor.audience)
          const { secret } = await submitQuestion(deps, {
            ...typed,
            title,
            body,
            topic: topics.includes(typed.topic) ? typed.topic : undefined,
            token,
            hiddenField: website,
            language,
            address: request.ip,
            asking: settings.asking,
          })
          search.noteQuestion({
            visit: visitOf(request, reply, deps.signIn),
            audience: request.actor.audience,
            documentId: idIn(request.body.after ?? ''),
          })
          return reply.redirect(followPath(language, secret), 303)
        }
        checkQuestion({ title, body })
        const { topics, topic, beside } = await propose(typed, request, language)
        const site = await serving.siteFor(request, language)
        const view: AskView = {
          typed: { ...typed, topic: typed.topic === '' ? (topic ?? '') : typed.topic },
          topics,
          beside,
          token: (await tokens.read(token)) === undefined ? await tokens.issue() : token,
          step: 'send',
          after: idIn(request.body.after ?? ''),
          mayMail: deps.mayMail,
        }
        return serving.sendPage(request, reply, site, askPage(site, view), 'nowhere')
      },
    )

    app.post(
      '/help/:language/ask/proposal',
      {
        bodyLimit: LARGEST_FORM,
        config: { allow: 'anyone', rateLimit: { max: PROPOSALS, timeWindow: 60_000 } },
        schema: { hide: true, params: Language, body: Type.Object({ title: text, body: text }) },
      },
      async (request, reply) => {
        const { language } = request.params
        const { topic, beside } = await propose(typedIn(request.body), request, language)
        const items = beside.map((item) => ({
          title: item.title,
          language: item.language,
          path: pathOf(item),
        }))
        return reply.send({ topic, items })
      },
    )
  }
}

function typedIn({ title = '', body = '', topic = '', email = '' }: Static<typeof Form>): AskView['typed'] {
  return { title: storable(title), body: storable(body), topic, email: storable(email) }
}
