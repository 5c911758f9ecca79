import { Link } from 'wouter-preact'
import { number } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import type { Simulation } from './rule-set.ts'
import { destinationName } from './sentences.ts'

/** What the edited rules would do to the stored threads: from → to, and which threads. */
export function SimulationTable({ simulation }: { readonly simulation: Simulation }) {
  const { threads, moved } = simulation
  return (
    <section class="stack" aria-live="polite">
      <h2>{t('routing.simulated')}</h2>
      <p>{t('routing.movedOf', { moved: moved.threads, threads: number(threads) })}</p>
      {moved.flows.length > 0 && (
        <div class="scroll-x">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('routing.from')}</th>
                <th scope="col">{t('routing.to')}</th>
                <th scope="col" class="number">
                  {t('routing.threads')}
                </th>
              </tr>
            </thead>
            <tbody>
              {moved.flows.map(({ from, to, threads: count }) => (
                <tr key={`${destinationName(from)} ${destinationName(to)}`}>
                  <td>{destinationName(from)}</td>
                  <td>{destinationName(to)}</td>
                  <td class="number">{number(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {moved.examples.length < moved.threads && (
        <p class="muted small">
          {t('routing.firstExamples', {
            shown: number(moved.examples.length),
            moved: number(moved.threads),
          })}
        </p>
      )}
      {moved.examples.length > 0 && (
        <div class="scroll-x">
          <table>
            <thead>
              <tr>
                <th scope="col">{t('routing.thread')}</th>
                <th scope="col">{t('routing.fromRule')}</th>
                <th scope="col">{t('routing.toRule')}</th>
              </tr>
            </thead>
            <tbody>
              {moved.examples.map(({ threadId, title, from, to }) => (
                <tr key={threadId}>
                  <td>
                    <Link href={`~/app/threads/${threadId}`}>{title}</Link>
                  </td>
                  <td>
                    {ruleName(from.rule)} → {destinationName(from.destination)}
                  </td>
                  <td>
                    {ruleName(to.rule)} → {destinationName(to.destination)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

export function ruleName(name: string): string {
  return name === 'default' ? t('routing.otherwise') : name
}
