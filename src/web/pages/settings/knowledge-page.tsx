import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh, useResource } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { CheckField, SelectField, TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Empty, Loaded, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { hasRole } from '../../sign-in/session.ts'

type Category = ItemOf<Get<'/api/articles/categories'>>
type Owner = ItemOf<Get<'/api/articles/owners'>>
type Settings = Get<'/api/articles/settings'>

const GOVERNANCES = ['experience', 'compliance'] as const

/** Who answers for which articles, and what the company decides for all of them. */
export function KnowledgePage() {
  const categories = useEndless<Category>('/articles/categories', { limit: 100 })
  const [edited, edit] = useState<Category>()
  const mayEdit = hasRole('knowledge-manager')
  const columns: readonly Column<Category>[] = [
    { heading: t('settings.category'), show: ({ label }) => <strong>{label}</strong> },
    { heading: t('settings.governance'), show: ({ governance }) => t(`settings.governance_${governance}`) },
    { heading: t('settings.owner'), show: ({ owner }) => owner?.name },
    ...(mayEdit
      ? [
          {
            heading: t('settings.actions'),
            isActions: true,
            show: (category: Category) => (
              <Button kind="quiet" onClick={() => edit(category)}>
                {t('parts.edit')}
                <span class="visually-hidden"> {category.label}</span>
              </Button>
            ),
          },
        ]
      : []),
  ]
  return (
    <Page title={t('settings.knowledge')}>
      <h2>{t('settings.categories')}</h2>
      <p class="muted prose">{t('settings.categoriesPurpose')}</p>
      <PagedTable
        pages={categories}
        caption={t('settings.categories')}
        columns={columns}
        keyOf={({ label }) => label}
        empty={<Empty title={t('settings.noCategories')}>{t('settings.noCategoriesHint')}</Empty>}
      />
      <Credits mayEdit={mayEdit} />
      {edited !== undefined && <CategoryForm category={edited} onClose={() => edit(undefined)} />}
    </Page>
  )
}

/** Whether readers see the names of members; changed at once. */
function Credits({ mayEdit }: { readonly mayEdit: boolean }) {
  const settings = useResource<Settings>('/articles/settings')
  const change = useAction(async (isShown: boolean) => {
    await call('PUT', '/articles/settings', { body: { credits: isShown ? 'shown' : 'hidden' } })
    refresh('/articles')
  })
  return (
    <section class="stack stack-tight" aria-label={t('settings.credits')}>
      <h2>{t('settings.credits')}</h2>
      <Loaded resource={settings}>
        {({ credits }) => (
          <CheckField
            label={t('settings.creditsShown')}
            isChecked={credits === 'shown'}
            isDisabled={!mayEdit || change.isRunning}
            onChange={(isShown) => void change.run(isShown)}
          />
        )}
      </Loaded>
      <p class="small muted">{t('settings.creditsHint')}</p>
      {change.problem && <ProblemNote problem={change.problem} />}
    </section>
  )
}

function CategoryForm({ category, onClose }: { readonly category: Category; onClose(): void }) {
  const { label, owner } = category
  const [governance, setGovernance] = useState<string>(category.governance)
  const [ownerId, setOwnerId] = useState(owner?.id ?? '')
  const [search, setSearch] = useState('')
  const people = useEndless<Owner>('/articles/owners', { search: search || undefined, limit: 100 })
  const found = people.data ?? []
  const save = useAction(async () => {
    await call('PUT', `/articles/categories/${encodeURIComponent(label)}`, {
      body: { governance, ownerId: ownerId === '' ? undefined : ownerId },
    })
    refresh('/articles')
    onClose()
  })
  return (
    <Dialog title={label} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save.run()
        }}
      >
        <SelectField
          label={t('settings.governance')}
          hint={t('settings.governanceHint')}
          value={governance}
          choices={GOVERNANCES.map((each) => ({ value: each, label: t(`settings.governance_${each}`) }))}
          onChoose={setGovernance}
        />
        {(people.hasMore || search !== '') && (
          <TextField label={t('settings.searchPeople')} type="search" value={search} onInput={setSearch} />
        )}
        <SelectField
          label={t('settings.owner')}
          value={ownerId}
          choices={[
            { value: '', label: t('settings.noOwner') },
            ...(owner === undefined || found.some(({ id }) => id === owner.id) ? [] : [nameOf(owner)]),
            ...found.map(nameOf),
          ]}
          onChoose={setOwnerId}
        />
        {people.problem && <ProblemNote problem={people.problem} />}
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

function nameOf({ id, name }: Owner) {
  return { value: id, label: name }
}
