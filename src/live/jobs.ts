import type { Clock } from '../platform/clock.ts'
import { type JobHandler, on, singleJob } from '../platform/jobs/job-handler.ts'
import type { JobStore } from '../platform/jobs/job-store.ts'
import type { ConflictStore } from '../review/conflicts/conflict-store.ts'
import type { HappeningStore } from './happening-store.ts'
import type { Happening } from './live-event.ts'

export interface LiveJobDeps {
  readonly clock: Clock
  readonly jobs: Pick<JobStore, 'enqueue'>
  readonly happenings: HappeningStore
  readonly conflicts: Pick<ConflictStore, 'visibleAmong'>
}

const PRUNE = 'live.prune'
const DAY_MS = 86_400_000
/** How long changes of the review queue gather. */
const GATHERING_MS = 2_000
/** How long changes of the inbox gather. */
const INBOX_GATHERING_MS = 1_000

/** Turns events into what open pages hear. A job that runs twice is heard of twice, which makes them read again. */
export function liveJobs(deps: LiveJobDeps): JobHandler[] {
  const { clock, happenings, conflicts, jobs } = deps

  /** Stores what happened, and sees to it that it is deleted. */
  async function record(some: readonly Happening[]): Promise<void> {
    if (some.length === 0) return
    await happenings.add(some)
    await jobs.enqueue(singleJob(PRUNE, {}, new Date(clock.now().getTime() + DAY_MS)))
  }

  return [
    on('model.activated', {
      type: 'live.record-activation',
      perform: ({ facet, version, replaced, activatedAt }) =>
        record([
          {
            type: 'model.activated',
            audience: 'public',
            data: { facet, version, replaced, activatedAt },
          },
        ]),
    }),
    on('model.trained', {
      type: 'live.record-training',
      perform: ({ facet, version }) =>
        record([{ type: 'model.trained', audience: 'public', data: { facet, version } }]),
    }),
    on('model.refused', {
      type: 'live.record-refusal',
      perform: ({ facet, version, active }) =>
        record([{ type: 'model.refused', audience: 'public', data: { facet, version, active } }]),
    }),
    on('conflicts.opened', {
      type: 'live.record-conflicts',
      async perform({ conflicts: opened }) {
        const ids = opened.map(({ id }) => id)
        const facets = await conflicts.visibleAmong(ids, 'internal')
        await record(
          opened.flatMap(({ id, threadId }) => {
            const facet = facets.get(id)
            const data = { id, facet, threadId }
            return facet === undefined
              ? []
              : [{ type: 'conflict.opened', subject: id, audience: 'internal', data } as const]
          }),
        )
      },
    }),
    on('article.changed', {
      type: 'live.record-article',
      perform: ({ articleId, revision }) =>
        record([aboutArticle('article.changed', articleId, { revision })]),
    }),
    on('article.draft-changed', {
      type: 'live.record-draft',
      perform: ({ articleId, version }) =>
        record([aboutArticle('article.draft-changed', articleId, { version })]),
    }),
    on('flags.raised', {
      type: 'live.record-flags',
      perform: ({ flags }) =>
        record(
          [...new Set(flags.map(({ articleId }) => articleId))].map((id) =>
            aboutArticle('article.flagged', id),
          ),
        ),
    }),
    on('alert.raised', {
      type: 'live.record-alert',
      perform: ({ alertId, kind, facet, version, audience }) =>
        record([{ type: 'alert.raised', audience, data: { id: alertId, kind, facet, version } }]),
    }),
    on('inbox.changed', {
      type: 'live.record-inbox',
      debounceMs: INBOX_GATHERING_MS,
      // Which thread it is would tell more than that there is something to read again.
      perform: ({ audience }) => record([{ type: 'inbox.changed', audience, data: {} }]),
    }),
    on(
      [
        'label.corrected',
        'labels.imported',
        'annotations.revised',
        'threads.triaged',
        'conflicts.opened',
        'misroute.reported',
      ],
      {
        type: 'live.note-queue-change',
        debounceMs: GATHERING_MS,
        payload: () => ({}),
        perform: () => happenings.noteQueueChange(),
      },
    ),
    {
      type: PRUNE,
      bulk: true,
      async perform() {
        await happenings.prune(new Date(clock.now().getTime() - DAY_MS).toISOString())
      },
    },
  ]
}

function aboutArticle(type: Happening['type'], id: string, change: object = {}): Happening {
  return { type, subject: id, audience: 'internal', data: { id, ...change } }
}
