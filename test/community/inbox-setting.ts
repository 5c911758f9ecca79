import { system } from '../../src/access/actor.ts'
import type { Audience } from '../../src/access/audience.ts'
import { type Outcome, rule } from '../../src/triage/routing/routing-rule.ts'
import { type Centre, openCentre } from '../help-centre/centre.ts'
import type { DatabaseAddress } from '../support/databases.ts'

const minute = 60_000

const to = (kind: 'queue' | 'community', name: string, more: Partial<Outcome> = {}): Outcome => ({
  destination: { kind, name },
  priority: 'normal',
  ...more,
})

/** A company whose rules send threads to queues by their tag: `billing` within half an hour, `tv` within an hour. */
export async function openInbox(address: DatabaseAddress, env: Readonly<Record<string, string>> = {}) {
  const centre = await openCentre(address, env)
  const tagged = (tag: string, outcome: Outcome) => rule(tag, { tag: { is: tag } }, outcome)
  await centre.app.triage.saveRuleSet({
    ruleSet: {
      rules: [
        tagged('billing', to('queue', 'billing', { priority: 'high', slaMinutes: 30 })),
        tagged('tv', to('queue', 'tv', { slaMinutes: 60 })),
        tagged('talk', to('community', 'community')),
      ],
      default: to('queue', 'triage', { priority: 'low' }),
    },
    basedOn: 0,
    actor: system,
  })
  return { ...centre, ...waysToAsk(centre), minutes: (count: number) => centre.clock.advance(count * minute) }
}

export type Inbox = Awaited<ReturnType<typeof openInbox>>

function waysToAsk(centre: Centre) {
  const { app, clock, runJobs } = centre
  const at = () => clock.now().toISOString()
  return {
    /** A thread of a community, or what changed of it. @returns its id */
    async arrive(
      id: string,
      {
        tag,
        title = `Thread ${id}`,
        source = 'forum',
        audience = 'internal',
      }: { tag?: string; title?: string; source?: string; audience?: Audience } = {},
    ): Promise<string> {
      const { threadId } = await app.triage.storeThread({
        source,
        sourceFormat: 'discourse',
        audience,
        id,
        title,
        body: `Please help with ${title}.`,
        url: `https://community.example.com/t/${id}`,
        createdAt: at(),
        tags: tag === undefined ? [] : [tag],
        author: { id: 'asker', name: 'Ana', role: 'member' },
        actor: system,
      })
      await runJobs()
      return threadId
    },

    async post(
      threadId: string,
      id: string,
      author: 'asker' | 'helper',
      kind: 'answer' | 'comment',
      accepted?: boolean,
    ) {
      await app.triage.storePost({
        threadId,
        id,
        kind,
        accepted,
        body: `What ${author} says.`,
        createdAt: at(),
        author: { id: author, name: author, role: author === 'asker' ? 'member' : 'staff' },
        actor: system,
      })
      await runJobs()
    },
  }
}
