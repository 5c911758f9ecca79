import { useState } from 'preact/hooks'
import { useAction } from '../../api/action.ts'
import { call } from '../../api/client.ts'
import { refresh } from '../../api/resource.ts'
import { moment } from '../../messages/format.ts'
import { t } from '../../messages/messages.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { ProblemNote } from '../../parts/states.tsx'
import { AudienceSelect, firstAudience, ROLES, RoleBoxes } from './access-fields.tsx'
import type { Person } from './people-page.tsx'
import { Secret } from './secret.tsx'

/** A link to hand over: whoever opens it first sets the password. */
export interface Link {
  readonly link: string
  readonly expiresAt: string
}

const PROFICIENCIES = ['candidate', 'contributor', 'publisher', 'coach'] as const

/** Invites a person, or changes what they may do and see. */
export function PersonForm({
  person,
  onClose,
  onInvited,
}: {
  readonly person: Person | undefined
  onClose(): void
  onInvited(link: Link): void
}) {
  const [name, setName] = useState(person?.name ?? '')
  const [email, setEmail] = useState('')
  const [roles, setRoles] = useState<readonly string[]>(person?.roles ?? ['agent'])
  const [audience, setAudience] = useState<string>(person?.audience ?? firstAudience())
  const [proficiency, setProficiency] = useState<string>(person?.proficiency ?? '')
  const save = useAction(async () => {
    const body = { name, roles, audience }
    const said = proficiency === '' ? undefined : proficiency
    if (person === undefined)
      onInvited((await call<Link>('POST', '/accounts', { body: { ...body, email, proficiency: said } })).data)
    else {
      await call('PATCH', `/accounts/${person.id}`, { body: { ...body, proficiency: said ?? null } })
      onClose()
    }
    refresh('/accounts')
  })
  return (
    <Dialog title={person === undefined ? t('settings.invite') : person.name} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save.run()
        }}
      >
        <TextField label={t('settings.name')} required maxLength={100} value={name} onInput={setName} />
        {person === undefined && (
          <TextField label={t('sign-in.email')} type="email" required value={email} onInput={setEmail} />
        )}
        <RoleBoxes roles={roles} offered={ROLES.filter((role) => role !== 'router')} onChange={setRoles} />
        <AudienceSelect audience={audience} onChoose={setAudience} />
        <SelectField
          label={t('settings.proficiency')}
          hint={t('settings.proficiencyHint')}
          value={proficiency}
          choices={[
            { value: '', label: t('settings.proficiencyUsual') },
            ...PROFICIENCIES.map((each) => ({ value: each, label: t(`settings.proficiency_${each}`) })),
          ]}
          onChoose={setProficiency}
        />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div>
          <Button type="submit" kind="primary" isDisabled={save.isRunning || roles.length === 0}>
            {person === undefined ? t('settings.invite') : t('parts.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Shows a link once. */
export function HandOver({ link, onClose }: { readonly link: Link; onClose(): void }) {
  return (
    <Dialog title={t('settings.handOver')} onClose={onClose}>
      <Secret
        about={t('settings.linkOnce', { until: moment(link.expiresAt) })}
        secret={new URL(link.link, window.location.href).href}
        onClose={onClose}
      />
    </Dialog>
  )
}
