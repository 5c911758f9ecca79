import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh } from '../../api/resource.ts'
import type { Get, ItemOf } from '../../api/types.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Empty, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { AuditLink } from './audit-link.tsx'
import { HandOver, type Link, PersonForm } from './person-form.tsx'

export type Person = ItemOf<Get<'/api/accounts'>>

/** The people who work here: invite, change, disable, and hand over a link for a new password. */
export function PeoplePage() {
  const [search, setSearch] = useSearchParams()
  const wanted = search.get('search') ?? ''
  const people = useEndless<Person>('/accounts', { search: wanted })
  const [edited, edit] = useState<Person | 'new'>()
  const [link, setLink] = useState<Link>()
  const act = useAction(async (id: string, what: 'disable' | 'enable') => {
    await call('POST', `/accounts/${id}/${what}`)
    refresh('/accounts')
  })
  const reset = useAction(async (id: string) => {
    setLink((await call<Link>('POST', `/accounts/${id}/reset-link`)).data)
  })
  const columns: readonly Column<Person>[] = [
    {
      heading: t('settings.name'),
      show: ({ name, email }) => (
        <>
          {name}
          <p class="small muted">{email}</p>
        </>
      ),
    },
    { heading: t('settings.roles'), show: ({ roles }) => roles.map((role) => t(`roles.${role}`)).join(', ') },
    { heading: t('settings.audience'), show: ({ audience }) => t(`settings.audience_${audience}`) },
    {
      heading: t('settings.proficiency'),
      show: ({ proficiency }) =>
        t(proficiency === undefined ? 'settings.proficiencyUsual' : `settings.proficiency_${proficiency}`),
    },
    { heading: t('settings.status'), show: ({ status }) => <Status status={status} /> },
    {
      heading: t('settings.actions'),
      isActions: true,
      show: (person) => (
        <div class="row">
          <Button kind="quiet" onClick={() => edit(person)}>
            {t('parts.edit')}
            <span class="visually-hidden"> {person.name}</span>
          </Button>
          {person.status !== 'disabled' && (
            <Button kind="quiet" isDisabled={reset.isRunning} onClick={() => void reset.run(person.id)}>
              {t('settings.resetLink')}
            </Button>
          )}
          <Button
            kind="quiet"
            isDisabled={act.isRunning}
            onClick={() => void act.run(person.id, person.status === 'disabled' ? 'enable' : 'disable')}
          >
            {t(person.status === 'disabled' ? 'settings.enable' : 'settings.disable')}
          </Button>
          <AuditLink target={person.id} />
        </div>
      ),
    },
  ]
  return (
    <Page
      title={t('settings.people')}
      actions={
        <Button kind="primary" icon="plus" onClick={() => edit('new')}>
          {t('settings.invite')}
        </Button>
      }
    >
      <div class="form">
        <TextField
          label={t('settings.searchPeople')}
          type="search"
          value={wanted}
          onInput={(text) => setSearch(text === '' ? {} : { search: text }, { replace: true })}
        />
      </div>
      {act.problem && <ProblemNote problem={act.problem} />}
      {reset.problem && <ProblemNote problem={reset.problem} />}
      <PagedTable
        pages={people}
        caption={t('settings.people')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty title={t('settings.noPeople')} />}
      />
      {edited !== undefined && (
        <PersonForm
          person={edited === 'new' ? undefined : edited}
          onClose={() => edit(undefined)}
          onInvited={(made) => {
            edit(undefined)
            setLink(made)
          }}
        />
      )}
      {link !== undefined && <HandOver link={link} onClose={() => setLink(undefined)} />}
    </Page>
  )
}

function Status({ status }: { readonly status: Person['status'] }) {
  const kinds = { invited: 'warn', active: 'good', disabled: undefined } as const
  return <Badge kind={kinds[status]}>{t(`settings.status_${status}`)}</Badge>
}
