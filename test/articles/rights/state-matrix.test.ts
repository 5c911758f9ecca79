import { beforeAll, expect, it } from 'vitest'
import { type Actor, PROFICIENCIES, type Proficiency, type Role } from '../../../src/access/actor.ts'
import type { Audience } from '../../../src/access/audience.ts'
import { CONFIDENCES, type Confidence } from '../../../src/articles/article.ts'
import { saveDraft } from '../../../src/articles/drafts/edit-draft.ts'
import { editArticle } from '../../../src/articles/edit-article.ts'
import { presentArticle } from '../../../src/articles/present-article.ts'
import { setState } from '../../../src/articles/publication/set-state.ts'
import { CodedError } from '../../../src/platform/errors.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { openWorld, type World } from '../world.ts'

/** What roles come with; `none` reads only. */
const USUAL: readonly (readonly [Role, Proficiency | 'none'])[] = [
  ['router', 'none'],
  ['agent', 'candidate'],
  ['supervisor', 'none'],
  ['knowledge-manager', 'publisher'],
  ['admin', 'coach'],
]
const LEVELS = ['none', ...PROFICIENCIES] as const
type Level = (typeof LEVELS)[number]

type Situation = 'own internal draft' | 'internal' | 'public'
const ACTIONS = ['edit', 'draft', 'wip', 'not_validated', 'validated', 'archived', 'widen'] as const
type Action = (typeof ACTIONS)[number]

/** The least proficiency for an action, where it depends on the state alone. */
const LEAST: Readonly<Record<'write' | 'validate' | 'widen', Readonly<Record<Situation, Level>>>> = {
  write: { 'own internal draft': 'candidate', internal: 'contributor', public: 'publisher' },
  validate: { 'own internal draft': 'contributor', internal: 'contributor', public: 'publisher' },
  widen: { 'own internal draft': 'publisher', internal: 'publisher', public: 'publisher' },
}

const isDraft = (confidence: Confidence) => confidence === 'wip' || confidence === 'not_validated'

/** What row of the table holds for an action; `nothing` where the article is there already. */
function rowOf(action: Action, from: Confidence): keyof typeof LEAST | 'nothing' | 'refused' {
  if (action === 'edit' || action === 'draft') return from === 'archived' ? 'refused' : 'write'
  if (action === 'widen') return 'widen'
  if (action === from) return 'nothing'
  return isDraft(action) && isDraft(from) ? 'write' : 'validate'
}

describeEachDatabase('the rights on an article', (database) => {
  let world: World
  let id: string

  beforeAll(async () => {
    world = await openWorld(await database())
    const threads = await world.importThreads('forum', 'public', {
      t: { question: 'Where is the lantern?', answers: [{ body: 'It is here.', accepted: true }] },
    })
    const call = await world.app()
    id = (await call('manager', 'POST', `/threads/${threads('t')}/promote`)).body.id
  })

  /** Attempts an action on the article in a state, and undoes it. @returns the code of a refusal */
  async function attempt(
    action: Action,
    actor: Actor,
    state: { readonly confidence: Confidence; readonly audience: Audience; readonly created_by: string },
  ): Promise<{ readonly outcome: string; readonly may: object | undefined }> {
    let outcome = 'done'
    let may: object | undefined
    const undo = new Error('undo')
    await world.db
      .transaction(async () => {
        await world.db.sql('articles').where({ id }).update(state)
        const article = await world.articles.require(id, { audience: 'internal', seesDrafts: true })
        may = (await presentArticle(world, article, actor)).may
        try {
          await perform(action, actor, article)
        } catch (error) {
          if (!(error instanceof CodedError)) throw error
          outcome = error.code
        }
        throw undo
      })
      .catch((error) => {
        if (error !== undo) throw error
      })
    return { outcome, may }
  }

  function perform(
    action: Action,
    actor: Actor,
    { revision, confidence }: { revision: number; confidence: Confidence },
  ) {
    const named = { id, revision, actor }
    const content = {
      title: 'Lantern',
      issue: 'i',
      environment: '',
      resolution: 'r',
      cause: '',
      language: 'en',
    }
    if (action === 'edit') return editArticle(world, { ...named, change: { cause: 'Dark.' } })
    if (action === 'draft') return saveDraft(world, { id, version: 0, basedOn: revision, content, actor })
    if (action === 'widen') return setState(world, { ...named, confidence, audience: 'customer' })
    return setState(world, { ...named, confidence: action })
  }

  const people = USUAL.flatMap(([role, usual]) =>
    [undefined, ...PROFICIENCIES].map((proficiency) => ({ role, proficiency, level: proficiency ?? usual })),
  ).filter(({ role }) => role !== 'router')

  for (const { role, proficiency, level } of people)
    it(`of ${role} who is ${proficiency ?? `no more than usual (${level})`} are those of that proficiency`, async () => {
      const actor: Actor = { id: 'usr_x', name: 'x', roles: [role], audience: 'internal', proficiency }
      const faults: string[] = []
      for (const confidence of CONFIDENCES)
        for (const audience of ['internal', 'public'] as const)
          for (const created_by of ['usr_x', 'usr_y'])
            for (const action of ACTIONS) {
              const isOwn = created_by === 'usr_x' && audience === 'internal' && isDraft(confidence)
              const situation: Situation = isOwn ? 'own internal draft' : audience
              const { outcome, may } = await attempt(action, actor, { confidence, audience, created_by })
              const row = rowOf(action, confidence)
              const least = row === 'nothing' || row === 'refused' ? 'none' : LEAST[row][situation]
              const isAllowed = LEVELS.indexOf(level) >= LEVELS.indexOf(least)
              const expected =
                row === 'refused'
                  ? /^ARTICLE_(ARCHIVED|NEEDS)/
                  : isAllowed
                    ? /^done$/
                    : new RegExp(`^ARTICLE_NEEDS_${least}$`, 'i')
              const rights = { write: 'edit', validate: 'validate', widen: 'widen' } as const
              const told =
                row === 'nothing' || row === 'refused'
                  ? undefined
                  : (may as Record<string, boolean>)[rights[row]]
              if (!expected.test(outcome) || (told !== undefined && told !== isAllowed))
                faults.push(
                  `${action} ${situation} ${confidence}: ${outcome}, told ${told}, allowed ${isAllowed}`,
                )
            }
      expect(faults).toEqual([])
    })
})
