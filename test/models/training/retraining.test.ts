import { expect, it, vi } from 'vitest'
import { correctLabel, revokeAnnotation } from '../../../src/labels/annotate-thread.ts'
import { modelJobs } from '../../../src/models/jobs.ts'
import { requestTraining } from '../../../src/models/training/request-training.ts'
import { trainFacet } from '../../../src/models/training/train-facet.ts'
import { takeTrainingLease } from '../../../src/models/training/training-lease.ts'
import type { JobHandler } from '../../../src/platform/jobs/job-handler.ts'
import { startJobRunner } from '../../../src/platform/jobs/job-runner.ts'
import { createLocalWakeups } from '../../../src/platform/jobs/wakeups.ts'
import { agent, emptiedEachTime, supervisor } from '../../labels/support.ts'
import { describeEachDatabase } from '../../support/databases.ts'
import { performJob } from '../../support/drain-jobs.ts'
import { corpus } from '../corpus.ts'
import { addLabelled, type ModelTestDeps, setUpModels } from '../support.ts'

const training = { facet: 'category', actor: supervisor }

describeEachDatabase('retraining', (fresh) => {
  const database = emptiedEachTime(fresh)
  const setUp = async () => {
    const deps = await setUpModels(await database())
    await addLabelled(deps)
    return deps
  }

  /** Runs jobs and events until none is left. */
  async function work(deps: ModelTestDeps, handlers: JobHandler[] = modelJobs(deps)) {
    const worker = startJobRunner(
      { ...deps, handlers, wakeups: createLocalWakeups(), log: deps.log },
      { concurrency: 2, pollMs: 20 },
    )
    await vi.waitFor(
      async () => {
        deps.clock.advance(200)
        expect(await deps.db.sql('events').where({ type: 'label.corrected' })).toEqual([])
        expect(await deps.jobs.counts()).toMatchObject({ queued: 0, running: 0 })
      },
      { timeout: 30_000, interval: 100 },
    )
    await worker.stop()
  }

  const correct = async (deps: ModelTestDeps, from: number, to: number) => {
    for (const { id, label } of corpus().slice(from, to))
      await correctLabel(deps, { threadId: id, facet: 'category', label, actor: agent })
  }
  const versions = async (deps: ModelTestDeps) => {
    const facet = await deps.facets.require('category')
    return (await deps.versions.list(facet.id, {})).items
  }

  it('follows the verdict that makes enough of them since the last training, and not before', async () => {
    const deps = await setUp()
    await trainFacet(deps, training)
    await correct(deps, 0, 23)
    const last = await correctLabel(deps, {
      threadId: corpus()[30]!.id,
      facet: 'category',
      label: 'billing',
      actor: agent,
    })
    await work(deps)
    expect(await versions(deps)).toHaveLength(1)
    await revokeAnnotation(deps, { id: last.id, actor: agent })
    await work(deps)
    expect(await versions(deps)).toMatchObject([
      { number: 2, annotationsSeen: 145, status: 'active' },
      { number: 1, annotationsSeen: 120, status: 'retired' },
    ])
    await correct(deps, 0, 24)
    await work(deps)
    expect(await versions(deps)).toHaveLength(2)
  })

  it('counts from the version trained last, also when it was rejected', async () => {
    const deps = await setUp()
    await trainFacet(deps, training)
    await correct(deps, 0, 30)
    const facet = await deps.facets.require('category')
    await deps.db.sql('model_versions').insert({
      ...(await deps.db.sql('model_versions').first()),
      id: 'mdl_rejected',
      number: 2,
      status: 'rejected',
      annotations_seen: 150,
    })
    await work(deps)
    expect((await deps.versions.latest(facet.id))?.number).toBe(2)
  })

  it('happens once for many verdicts at once', async () => {
    const deps = await setUp()
    await trainFacet(deps, training)
    await correct(deps, 0, 60)
    await work(deps)
    expect(await versions(deps)).toHaveLength(2)
  })

  it('comes back later, without holding its place, while the facet is being trained elsewhere', async () => {
    const deps = await setUp()
    const facet = await deps.facets.require('category')
    const lease = await takeTrainingLease(deps.db, deps.clock, facet, { wait: false })
    const train = modelJobs(deps).find(({ type }) => type === 'models.train')!
    await performJob(train, { facet: 'category', demanded: true })
    expect(await versions(deps)).toEqual([])
    expect(await deps.jobs.counts()).toMatchObject({ queued: 1 })
    await lease.release()
    deps.clock.advance(5_000)
    await work(deps)
    expect(await versions(deps)).toHaveLength(1)
  })

  it('can be asked for at any time; while it waits, asking again adds nothing', async () => {
    const deps = await setUp()
    await requestTraining(deps, training)
    await requestTraining(deps, training)
    expect(await deps.jobs.counts()).toMatchObject({ queued: 1 })
    await work(deps)
    expect(await versions(deps)).toHaveLength(1)
    await requestTraining(deps, training)
    await work(deps)
    expect(await versions(deps)).toHaveLength(2)
  })

  it('with too few labels ends quietly, with the reason in the log', async () => {
    const deps = await setUp()
    await deps.facets.add({ name: 'urgency', description: '', riskBudget: 0.05, requireParity: false })
    await requestTraining(deps, { facet: 'urgency', actor: supervisor })
    await work(deps)
    expect(await deps.jobs.counts()).toEqual({ queued: 0, running: 0, dead: 0 })
    expect(deps.lines).toEqual([
      [{ facet: 'urgency', reason: expect.stringContaining('at least two labels') }, 'training skipped'],
    ])
  })

  it('is no work of this thread', async () => {
    const deps = await setUpModels(await database())
    const padding = (i: number) =>
      Array.from({ length: 80 }, (_, k) => `mot${(i * 7 + k * k) % 900}`).join(' ')
    await addLabelled(
      deps,
      corpus().map((thread, i) => ({ ...thread, question: `${thread.question} ${padding(i)}` })),
    )
    const stages = new Set<string>()
    const before = performance.eventLoopUtilization()
    const { report } = await trainFacet(deps, { ...training, onProgress: ({ stage }) => stages.add(stage) })
    const busyMs = performance.eventLoopUtilization(before).active
    expect([...stages]).toEqual(['calibrating', 'fitting'])
    expect(busyMs).toBeLessThan(report.fitSeconds * 500)
  })
})
