import { Link } from 'wouter-preact'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { type Column, Table } from '../../parts/table.tsx'
import type { Simulation } from './rule-set.ts'
import { destinationName } from './sentences.ts'

type Moved = Simulation['moved']

/** What the edited rules would do to the stored threads: from → to, and which threads. */
export function SimulationTable({ simulation }: { readonly simulation: Simulation }) {
  const { threads, moved } = simulation
  const shown = moved.examples.length
  return (
    <section class="stack" aria-live="polite">
      <h2>{t('routing.simulated')}</h2>
      <p>{t('routing.movedOf', { moved: moved.threads, threads: number(threads) })}</p>
      {moved.flows.length > 0 && (
        <Table
          caption={t('routing.simulated')}
          columns={flowColumns()}
          rows={moved.flows}
          keyOf={({ from, to }) => `${destinationName(from)} ${destinationName(to)}`}
        />
      )}
      {shown < moved.threads && (
        <p class="muted small">
          {t('routing.firstExamples', { shown: number(shown), moved: number(moved.threads) })}
        </p>
      )}
      {shown > 0 && (
        <Table
          caption={t('routing.threads')}
          columns={exampleColumns()}
          rows={moved.examples}
          keyOf={({ threadId }) => threadId}
        />
      )}
    </section>
  )
}

function flowColumns(): readonly Column<Moved['flows'][number]>[] {
  return [
    { heading: t('routing.from'), show: ({ from }) => destinationName(from) },
    { heading: t('routing.to'), show: ({ to }) => destinationName(to) },
    { heading: t('routing.threads'), isNumber: true, show: ({ threads }) => number(threads) },
  ]
}

function exampleColumns(): readonly Column<Moved['examples'][number]>[] {
  return [
    {
      heading: t('routing.thread'),
      show: ({ threadId, title }) => <Link href={`~/app/threads/${threadId}`}>{title}</Link>,
    },
    {
      heading: t('routing.fromRule'),
      show: ({ from }) => `${ruleName(from.rule)} → ${destinationName(from.destination)}`,
    },
    {
      heading: t('routing.toRule'),
      show: ({ to }) => `${ruleName(to.rule)} → ${destinationName(to.destination)}`,
    },
  ]
}

function ruleName(name: string): string {
  return name === 'default' ? t('routing.otherwise') : name
}
