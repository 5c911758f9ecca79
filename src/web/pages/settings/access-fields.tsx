import { t } from '../../messages/messages.ts'
import { CheckField, SelectField } from '../../parts/field.tsx'
import { me, type Role } from '../../sign-in/session.ts'

export const ROLES: readonly Role[] = ['router', 'agent', 'knowledge-manager', 'supervisor', 'admin']
const AUDIENCES = ['internal', 'partner', 'customer', 'public'] as const

/** What someone may do. */
export function RoleBoxes({
  roles,
  offered = ROLES,
  onChange,
}: {
  readonly roles: readonly string[]
  readonly offered?: readonly Role[]
  onChange(roles: readonly string[]): void
}) {
  return (
    <fieldset class="field">
      <legend>{t('settings.roles')}</legend>
      {offered.map((role) => (
        <CheckField
          key={role}
          label={t(`roles.${role}`)}
          isChecked={roles.includes(role)}
          onChange={(checked) => onChange(checked ? [...roles, role] : roles.filter((each) => each !== role))}
        />
      ))}
    </fieldset>
  )
}

/** The widest audience that whoever is signed in may give. */
export function firstAudience(): string {
  return me.value?.audience ?? AUDIENCES[0]
}

/** What someone may see: never more than whoever decides it. */
export function AudienceSelect({
  audience,
  onChoose,
}: {
  readonly audience: string
  onChoose(audience: string): void
}) {
  const audiences: readonly string[] = AUDIENCES
  const own = audiences.indexOf(me.value?.audience ?? 'internal')
  return (
    <SelectField
      label={t('settings.audience')}
      hint={t('settings.audienceHint')}
      value={audience}
      choices={AUDIENCES.slice(Math.max(0, own)).map((each) => ({
        value: each,
        label: t(`settings.audience_${each}`),
      }))}
      onChoose={onChoose}
    />
  )
}
