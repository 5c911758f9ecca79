import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { percent } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Loaded, ProblemNote } from '../../parts/states.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'

type Facets = Get<'/api/facets'>
type Facet = ItemOf<Facets>

/** The facets by which posts are classified. */
export function FacetsPage() {
  const facets = useResource<Facets>('/facets')
  const [isAdding, setAdding] = useState(false)
  const columns: readonly Column<Facet>[] = [
    { heading: t('settings.name'), show: ({ name }) => <Link href={`/facets/${name}`}>{name}</Link> },
    { heading: t('settings.description'), show: ({ description }) => description },
    { heading: t('settings.budget'), isNumber: true, show: ({ riskBudget }) => percent(riskBudget, 1) },
  ]
  return (
    <Page
      title={t('settings.facets')}
      actions={
        hasRole('supervisor') && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('settings.addFacet')}
          </Button>
        )
      }
    >
      <p class="muted prose">{t('settings.facetsPurpose')}</p>
      <Loaded resource={facets}>
        {({ items }) => (
          <Table caption={t('settings.facets')} columns={columns} rows={items} keyOf={({ name }) => name} />
        )}
      </Loaded>
      {isAdding && <NewFacet onClose={() => setAdding(false)} />}
    </Page>
  )
}

function NewFacet({ onClose }: { onClose(): void }) {
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [, go] = useLocation()
  const add = useAction(async () => {
    await call('POST', '/facets', { body: { name, description } })
    refresh('/facets')
    go(`/facets/${name}`)
  })
  return (
    <Dialog title={t('settings.addFacet')} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void add.run()
        }}
      >
        <TextField
          label={t('settings.name')}
          hint={t('settings.nameHint')}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          required
          value={name}
          onInput={setName}
        />
        <TextArea label={t('settings.description')} value={description} onInput={setDescription} />
        {add.problem && <ProblemNote problem={add.problem} />}
        <div>
          <Button type="submit" kind="primary" isDisabled={add.isRunning}>
            {t('settings.add')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
