import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { changedFields } from '../../api/changed-fields.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { CheckField, TextArea, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'

type Facet = Get<'/api/facets/{facet}'>
type Label = ItemOf<Get<'/api/facets/{facet}/labels'>>

/** One facet: its budget, its labels, what they mean and how they are given. */
export function FacetPage({ name }: { readonly name: string }) {
  const facet = useResource<Facet>(`/facets/${name}`)
  const labels = useEndless<Label>(`/facets/${name}/labels`, { limit: 100 })
  const [edited, edit] = useState<Label | 'new'>()
  const mayEdit = hasRole('supervisor')
  const columns: readonly Column<Label>[] = [
    { heading: t('settings.label'), show: (label) => <strong>{label.name}</strong> },
    {
      heading: t('settings.description'),
      show: ({ description, guidelines }) => (
        <>
          {description}
          {guidelines.map(({ id, text }) => (
            <p key={id} class="small muted">
              {t('settings.guideline', { text })}
            </p>
          ))}
        </>
      ),
    },
    {
      heading: t('settings.budget'),
      isNumber: true,
      show: ({ riskBudget }) => (riskBudget === undefined ? '' : percent(riskBudget, 1)),
    },
    {
      heading: t('settings.protects'),
      isNumber: true,
      show: ({ protectFrom }) => (protectFrom === undefined ? '' : percent(protectFrom)),
    },
    ...(mayEdit
      ? [
          {
            heading: t('settings.actions'),
            isActions: true,
            show: (label: Label) => (
              <Button kind="quiet" onClick={() => edit(label)}>
                {t('parts.edit')}
                <span class="visually-hidden"> {label.name}</span>
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page
      title={name}
      actions={
        <>
          <ButtonLink href={`~/app/models/${name}`}>{t('settings.itsModel')}</ButtonLink>
          {mayEdit && (
            <Button kind="primary" icon="plus" onClick={() => edit('new')}>
              {t('settings.addLabel')}
            </Button>
          )}
        </>
      }
    >
      <Loaded resource={facet}>
        {(found) => <FacetForm key={found.name} facet={found} mayEdit={mayEdit} />}
      </Loaded>
      <h2>{t('settings.labels')}</h2>
      <PagedTable
        pages={labels}
        caption={t('settings.labels')}
        columns={columns}
        keyOf={(label) => label.name}
        empty={<Empty title={t('settings.noLabels')}>{t('settings.noLabelsHint')}</Empty>}
      />
      {edited !== undefined && (
        <LabelForm
          facet={name}
          label={edited === 'new' ? undefined : edited}
          onClose={() => edit(undefined)}
        />
      )}
    </Page>
  )
}

function FacetForm({ facet, mayEdit }: { readonly facet: Facet; readonly mayEdit: boolean }) {
  const [description, setDescription] = useState(facet.description)
  const [budget, setBudget] = useState(textOf(facet.riskBudget))
  const [requireParity, setParity] = useState(facet.requireParity)
  const save = useAction(async () => {
    await call('PATCH', `/facets/${facet.name}`, {
      body: changedFields<Partial<Facet>>(facet, {
        description,
        riskBudget: shareOf(budget) ?? facet.riskBudget,
        requireParity,
      }),
    })
    refresh('/facets', '/models', '/threads')
  })
  if (!mayEdit)
    return (
      <p>
        {facet.description} {t('settings.budgetIs', { share: percent(facet.riskBudget, 1) })}
      </p>
    )
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        void save.run()
      }}
    >
      <TextArea label={t('settings.description')} rows={2} value={description} onInput={setDescription} />
      <TextField
        label={t('settings.budget')}
        hint={t('settings.budgetHint')}
        type="number"
        min={0}
        max={100}
        step="any"
        required
        value={budget}
        onInput={setBudget}
      />
      <CheckField label={t('settings.parity')} isChecked={requireParity} onChange={setParity} />
      {save.problem && <ProblemNote problem={save.problem} />}
      <div>
        <Button type="submit" isDisabled={save.isRunning}>
          {t('parts.save')}
        </Button>
      </div>
    </form>
  )
}

function LabelForm({
  facet,
  label,
  onClose,
}: {
  readonly facet: string
  readonly label: Label | undefined
  onClose(): void
}) {
  const [name, setName] = useState(label?.name ?? '')
  const [description, setDescription] = useState(label?.description ?? '')
  const [budget, setBudget] = useState(textOf(label?.riskBudget))
  const [protect, setProtect] = useState(textOf(label?.protectFrom))
  const [added, setAdded] = useState<Pick<Label, 'name' | 'description'>>()
  const save = useAction(async () => {
    const path = `/facets/${facet}/labels`
    const fields = { description, riskBudget: shareOf(budget), protectFrom: shareOf(protect) }
    const known = label ?? added ?? { name: name.trim(), description }
    if (label === undefined && added === undefined) {
      await call('POST', path, { body: known })
      // Where the rest is refused, it is sent again without adding the label twice.
      setAdded(known)
    }
    const changes = changedFields({ riskBudget: null, protectFrom: null, ...known }, fields)
    if (Object.keys(changes).length > 0)
      await call('PATCH', `${path}/${encodeURIComponent(name.trim())}`, { body: changes })
    refresh('/facets', '/models', '/threads')
    onClose()
  })
  return (
    <Dialog title={label === undefined ? t('settings.addLabel') : label.name} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save.run()
        }}
      >
        {label === undefined && added === undefined && (
          <TextField label={t('settings.name')} required maxLength={200} value={name} onInput={setName} />
        )}
        <TextArea
          label={t('settings.description')}
          hint={t('settings.labelHint')}
          value={description}
          onInput={setDescription}
        />
        <TextField
          label={t('settings.ownBudget')}
          hint={t('settings.ownBudgetHint')}
          type="number"
          min={0}
          max={100}
          step="any"
          value={budget}
          onInput={setBudget}
        />
        <TextField
          label={t('settings.protectFrom')}
          hint={t('settings.protectHint')}
          type="number"
          min={20}
          max={100}
          step="any"
          value={protect}
          onInput={setProtect}
        />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div>
          <Button type="submit" kind="primary" isDisabled={save.isRunning}>
            {t('parts.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** A share in per cent, as people enter it. */
function textOf(share: number | undefined): string {
  return share === undefined ? '' : String(Number((share * 100).toPrecision(12)))
}

/** Null takes a value back. */
function shareOf(text: string): number | null {
  return text === '' ? null : Number((Number(text) / 100).toPrecision(12))
}
