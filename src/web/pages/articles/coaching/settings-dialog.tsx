import { useState } from 'preact/hooks'
import { useAction } from '../../../api/action.ts'
import { call } from '../../../api/client.ts'
import { refresh, useResource } from '../../../api/resource.ts'
import { number } from '../../../messages/format.ts'
import { t } from '../../../messages/messages.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { TextField } from '../../../parts/field.tsx'
import { SettingsForm } from '../../../parts/settings-form.tsx'
import { Loaded } from '../../../parts/states.tsx'
import { isCoach, type Point, questionOf, type Settings } from './coaching.ts'

const MOST_POINTS = 20

/** The checklist, to be read by all and replaced by coaches, and the sizes of samples. */
export function SettingsDialog({ onClose }: { onClose(): void }) {
  const settings = useResource<Settings>('/coaching/settings', { staleMs: 0 })
  return (
    <Dialog title={t('coaching.checklist')} size="wide" onClose={onClose}>
      <Loaded resource={settings}>
        {(data) =>
          isCoach() ? (
            <Form key={data.version} data={data} onClose={onClose} />
          ) : (
            <ol>
              {data.points.map((point) => (
                <li key={point.id}>{questionOf(point)}</li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Dialog>
  )
}

function Form({ data, onClose }: { readonly data: Settings; onClose(): void }) {
  const [points, setPoints] = useState<readonly Point[]>(data.points)
  const [perPerson, setPerPerson] = useState(String(data.perPerson))
  const [links, setLinks] = useState(String(data.links))
  const save = useAction(async () => {
    const body = { points, perPerson: Number(perPerson), links: Number(links) }
    await call('PUT', '/coaching/settings', { body, ifMatch: `"${data.version}"` })
    refresh('/coaching')
    onClose()
  })
  const changePoint = (place: number, changes: Partial<Point>) =>
    setPoints(points.map((each, at) => (at === place ? { ...each, ...changes } : each)))
  return (
    <SettingsForm save={save} mayChange onClose={onClose}>
      <p class="muted">{t('coaching.checklistHint')}</p>
      {points.map((point, place) => (
        <fieldset key={point.id} class="stack stack-tight">
          <legend>{t('coaching.point', { at: number(place + 1) })}</legend>
          <TextField
            label={t('coaching.inEnglish')}
            lang="en"
            required
            maxLength={300}
            value={point.en}
            onInput={(en) => changePoint(place, { en })}
          />
          <TextField
            label={t('coaching.inFrench')}
            lang="fr"
            required
            maxLength={300}
            value={point.fr}
            onInput={(fr) => changePoint(place, { fr })}
          />
          {points.length > 1 && (
            <div>
              <Button onClick={() => setPoints(points.filter((each) => each !== point))}>
                {t('coaching.removePoint', { at: number(place + 1) })}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      {points.length < MOST_POINTS && (
        <div>
          <Button onClick={() => setPoints([...points, { id: freeId(points), en: '', fr: '' }])}>
            {t('coaching.addPoint')}
          </Button>
        </div>
      )}
      <div class="columns">
        <TextField
          label={t('coaching.perPerson')}
          type="number"
          min={0}
          max={50}
          step={1}
          required
          value={perPerson}
          onInput={setPerPerson}
        />
        <TextField
          label={t('coaching.linksAMonth')}
          type="number"
          min={0}
          max={200}
          step={1}
          required
          value={links}
          onInput={setLinks}
        />
      </div>
    </SettingsForm>
  )
}

/** An id that none of the points has. */
function freeId(points: readonly Point[]): string {
  const taken = new Set(points.map(({ id }) => id))
  for (let at = 1; ; at++) if (!taken.has(`point-${at}`)) return `point-${at}`
}
