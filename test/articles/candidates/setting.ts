import type { Actor } from '../../../src/access/actor.ts'
import { candidateJobs } from '../../../src/articles/candidates/candidate-jobs.ts'
import { candidateRoutes } from '../../../src/articles/candidates/candidate-routes.ts'
import { createCandidateStore } from '../../../src/articles/candidates/candidate-store.ts'
import { createDecisionStore } from '../../../src/articles/candidates/decisions/decision-store.ts'
import type { CandidateDeps } from '../../../src/articles/candidates/deps.ts'
import { createOrder } from '../../../src/articles/candidates/in-order.ts'
import { createWeightStore } from '../../../src/articles/candidates/ranking/weight-store.ts'
import { createReadings } from '../../../src/articles/candidates/typing/readings.ts'
import { articleJobs } from '../../../src/articles/jobs.ts'
import { articleRoutes } from '../../../src/articles/routes.ts'
import { labelJobs } from '../../../src/labels/jobs.ts'
import { searchJobs } from '../../../src/search/jobs.ts'
import { createMeasurementStore } from '../../../src/triage/measurements/measurement-store.ts'
import { buildTestApp } from '../../server/test-app.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { drainJobs } from '../../support/drain-jobs.ts'
import { actor, manager, openWorld, type ThreadFixture } from '../world.ts'

export const agent = actor('agent', 'internal', 'agent')
export const other = actor('other', 'internal', 'knowledge-manager')
/** Sees what customers see. */
export const outside = actor('outside', 'public', 'knowledge-manager')
const people = [manager, agent, other, outside]

/** Questions and answers that have no words of substance in common. */
const CASES: Readonly<Record<string, readonly [question: string, answer: string]>> = {
  'Router blinks orange': [
    'Since the storm its lamp blinks orange and no page loads. What does that colour mean?',
    'Orange means that the line has no signal. Unplug the grey cable at the wall socket, clean the contact and push it back until it clicks.',
  ],
  'Printer refuses envelopes': [
    'My printer stops with a jam whenever I feed envelopes into tray two. How do I print addresses?',
    'Envelopes belong in the rear feeder. Set the paper type to Heavy in the driver, flap to the left, ten pieces at most.',
  ],
  'Garden camera freezes': [
    'The picture of the outdoor camera stands still at night, though recording goes on. How can I see it live again?',
    'Lower the bitrate: in the camera menu choose Stream, then 1024 kbit, and switch the infrared filter to automatic.',
  ],
  'Modem smells burnt': [
    'There is a smell of scorched plastic near the modem after a few hours. Is this dangerous?',
    'Take the power supply out at once. Models made before 2019 were recalled: order a free adapter with the form on the recall page.',
  ],
  'Invoice shows last year': [
    'The statement that I downloaded carries the date of last year. Where do I find the right document?',
    'Choose the year in the archive drop-down above the list, then press Export; the default stays at what was opened before.',
  ],
  'Widowed and locked out': [
    'My husband died and the account was in his name. How can I get into it?',
    'Send the certificate through the bereavement form; the account is transferred to you within five working days.',
  ],
}

/** A question that somebody solved. */
export function solved(subject: keyof typeof CASES, more: Partial<ThreadFixture> = {}): ThreadFixture {
  const [question, answer] = CASES[subject]!
  return { title: subject, question, answers: [{ body: answer, accepted: true }], ...more }
}

/** Candidates on a test's database, with all jobs that bear on them. */
export async function setUp(address: TestDatabase) {
  const world = await openWorld(address)
  const { db, clock } = world
  const deps: CandidateDeps = {
    ...world,
    measurements: createMeasurementStore(db, clock),
    candidates: createCandidateStore(db, clock),
    decisions: createDecisionStore(db, clock),
    weights: createWeightStore(db, clock),
    readings: createReadings(100),
    inOrder: createOrder(),
  }
  const handlers = [
    ...labelJobs(world),
    ...searchJobs({ ...world, keptDays: 90 }),
    ...articleJobs(world),
    ...candidateJobs(deps),
  ]
  const { app, lines } = await buildTestApp(address, [candidateRoutes(deps), articleRoutes(world)], {
    clock,
    resolveKey: async (token) => people.find(({ name }) => name === token),
  })
  const call = async (
    who: Actor,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ) => {
    clock.advance(1)
    const answer = await app.inject({
      method,
      url: `/api${url}`,
      headers: { ...headers, authorization: `Bearer ${who.name}` },
      ...(body && { body }),
    })
    return {
      status: answer.statusCode,
      body: answer.json(),
      etag: answer.headers.etag as string | undefined,
    }
  }
  const list = async (query = '', who: Actor = manager): Promise<Listed[]> => {
    const { status, body } = await call(who, 'GET', `/candidates?${query}`)
    if (status !== 200) throw new Error(JSON.stringify(lines().at(-2)))
    return body.items
  }
  return {
    ...world,
    deps,
    handlers,
    call,
    list,
    titles: async (query = '', who: Actor = manager) =>
      (await list(query, who)).map(({ lead }) => lead.title),
    /** The one candidate whose lead has this title. */
    async find(title: string, query = ''): Promise<Listed> {
      const found = (await list(query)).filter(({ lead }) => lead.title === title)
      if (found.length !== 1) throw new Error(`${found.length} candidates are called ${title}`)
      return found[0]!
    },
    decide: async (body: object, who: Actor = manager) =>
      (await call(who, 'POST', '/candidates/decisions', body)).body.items,
    undo: async (decisionIds: readonly string[], who: Actor = manager) =>
      (await call(who, 'POST', '/candidates/decisions/undo', { decisionIds })).body.items,
    /** Runs all jobs, delayed ones too. */
    async runJobs() {
      for (let round = 0; round < 3; round++) {
        await drainJobs(world, handlers)
        clock.advance(61_000)
      }
      await drainJobs(world, handlers)
    },
  }
}

export interface Listed {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly worth: number
  readonly lead: { readonly id: string; readonly title: string }
  readonly demand: { readonly views: number; readonly askings: number; readonly failedSearches?: number }
  readonly article?: { readonly id: string }
  readonly outcome?: { readonly id: string }
  readonly decision?: { readonly id: string }
}
