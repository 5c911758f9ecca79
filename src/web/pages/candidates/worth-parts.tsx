import { ago, euros, number, percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import type { Candidate } from './candidate.ts'

/** What the worth is multiplied from, each part with what it rests on. */
export function WorthParts({ candidate: { worth, demand, factors } }: { readonly candidate: Candidate }) {
  const times = (factor: number) => `× ${number(factor, 2)}`
  const { failedSearches } = demand
  const parts = [
    { name: t('candidates.views'), value: number(Math.round(demand.views)), about: undefined },
    {
      name: t('candidates.usefulShare'),
      value: `× ${percent(factors.usefulShare)}`,
      about: undefined,
    },
    { name: t('candidates.contactCost'), value: `× ${euros(factors.contactCost)}`, about: undefined },
    {
      name: t('candidates.recurrence'),
      value: times(factors.recurrence),
      about: t('candidates.times', { count: demand.askings, shown: number(demand.askings) }),
    },
    {
      name: t('candidates.failedSearches'),
      value: times(factors.failedSearches),
      about:
        failedSearches === undefined
          ? t('candidates.notCounted')
          : t('candidates.searches', { count: failedSearches, shown: number(failedSearches) }),
    },
    {
      name: t('candidates.freshness'),
      value: times(factors.freshness),
      about: ago(demand.lastAt, Date.now()),
    },
  ]
  return (
    <table class="candidates-parts">
      <caption class="visually-hidden">{t('candidates.parts')}</caption>
      <tbody>
        {parts.map(({ name, value, about }) => (
          <tr key={name}>
            <th scope="row">
              {name} {about !== undefined && <span class="small muted">{about}</span>}
            </th>
            <td class="number">{value}</td>
          </tr>
        ))}
        <tr class="candidates-sum">
          <th scope="row">{t('candidates.worth')}</th>
          <td class="number">{t('candidates.aMonth', { amount: euros(worth) })}</td>
        </tr>
      </tbody>
    </table>
  )
}
