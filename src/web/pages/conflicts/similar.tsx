import { Link } from 'wouter-preact'
import { useResource } from '../../api/resource.ts'
import type { Get } from '../../api/types.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'

const SHOWN = 5

/** Labelled posts like the one in question; nothing where no model is active. */
export function Similar({ threadId, facet }: { readonly threadId: string; readonly facet: string }) {
  const { data } = useResource<Get<'/api/threads/{id}/explanation'>>(`/threads/${threadId}/explanation`, {
    query: { facet },
    staleMs: 300_000,
  })
  if (data === undefined || data.similar.length === 0) return null
  return (
    <section class="stack stack-tight conflict-similar">
      <h2>{t('conflicts.similar')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('conflicts.label')}</th>
            <th scope="col">{t('conflicts.post')}</th>
            <th scope="col" class="number">
              {t('conflicts.alike')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.similar.slice(0, SHOWN).map(({ threadId: other, label, text, score }) => (
            <tr key={other ?? text}>
              <td>
                <strong>{label}</strong>
              </td>
              <td class="small">
                {other === undefined ? text : <Link href={`~/app/threads/${other}`}>{text}</Link>}
              </td>
              <td class="number">{percent(score)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
