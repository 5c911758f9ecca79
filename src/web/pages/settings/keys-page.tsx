import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { useEndless } from '../../api/endless.ts'
import { refresh } from '../../api/resource.ts'
import type { Get, ItemOf, Post } from '../../api/types.ts'
import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Page } from '../../parts/page.tsx'
import { Badge, Empty, ProblemNote } from '../../parts/states.tsx'
import { type Column, PagedTable } from '../../parts/table.tsx'
import { AudienceSelect, firstAudience, RoleBoxes } from './access-fields.tsx'
import { AuditLink } from './audit-link.tsx'
import { Secret } from './secret.tsx'

type Key = ItemOf<Get<'/api/keys'>>

/** Keys of machines: a routing engine, a script, another system. */
export function KeysPage() {
  const keys = useEndless<Key>('/keys')
  const [isAdding, setAdding] = useState(false)
  const revoke = useAction(async (id: string) => {
    await call('DELETE', `/keys/${id}`)
    refresh('/keys')
  })
  const columns: readonly Column<Key>[] = [
    {
      heading: t('settings.name'),
      show: ({ name, revokedAt }) => (
        <>
          {name} {revokedAt !== undefined && <Badge>{t('settings.revoked')}</Badge>}
        </>
      ),
    },
    { heading: t('settings.roles'), show: ({ roles }) => roles.map((role) => t(`roles.${role}`)).join(', ') },
    { heading: t('settings.audience'), show: ({ audience }) => t(`settings.audience_${audience}`) },
    { heading: t('settings.created'), show: ({ createdAt }) => moment(createdAt) },
    {
      heading: t('settings.actions'),
      isActions: true,
      show: ({ id, name, revokedAt }) => (
        <div class="row">
          <AuditLink target={id} />
          {revokedAt === undefined && (
            <ConfirmButton
              question={t('settings.revokeKey', { name })}
              label={t('settings.revoke')}
              isDisabled={revoke.isRunning}
              onConfirm={() => void revoke.run(id)}
            >
              <span class="visually-hidden"> {name}</span>
            </ConfirmButton>
          )}
        </div>
      ),
    },
  ]
  return (
    <Page
      title={t('settings.keys')}
      actions={
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          {t('settings.addKey')}
        </Button>
      }
    >
      <p class="muted prose">{t('settings.keysPurpose')}</p>
      {revoke.problem && <ProblemNote problem={revoke.problem} />}
      <PagedTable
        pages={keys}
        caption={t('settings.keys')}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty title={t('settings.noKeys')} />}
      />
      {isAdding && <NewKey onClose={() => setAdding(false)} />}
    </Page>
  )
}

function NewKey({ onClose }: { onClose(): void }) {
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<readonly string[]>(['router'])
  const [audience, setAudience] = useState(firstAudience)
  const [token, setToken] = useState<string>()
  const add = useAction(async () => {
    const { data } = await call<Post<'/api/keys'>>('POST', '/keys', { body: { name, roles, audience } })
    setToken(data.token)
    refresh('/keys')
  })
  return (
    <Dialog title={t('settings.addKey')} onClose={onClose}>
      {token !== undefined ? (
        <Secret about={t('settings.tokenOnce')} secret={token} onClose={onClose} />
      ) : (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault()
            void add.run()
          }}
        >
          <TextField
            label={t('settings.name')}
            hint={t('settings.keyNameHint')}
            required
            maxLength={100}
            value={name}
            onInput={setName}
          />
          <RoleBoxes roles={roles} onChange={setRoles} />
          <AudienceSelect audience={audience} onChoose={setAudience} />
          {add.problem && <ProblemNote problem={add.problem} />}
          <div>
            <Button type="submit" kind="primary" isDisabled={add.isRunning || roles.length === 0}>
              {t('settings.add')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
