import { CATALOGUE } from '../../keys/catalogue.ts'
import { activeScopes, type Command, keycaps, keysOf } from '../../keys/commands.ts'
import { t } from '../../messages/messages.ts'
import { CheckField } from '../../parts/field.tsx'
import { type Preferences, preferences, preferFrom } from '../../sign-in/session.ts'

const USUAL: NonNullable<Preferences['shortcuts']> = { enabled: true, keys: {} }

type Named = Pick<Command, 'id' | 'label' | 'keys'>

/** Single-key shortcuts on or off, and other keys for each command (WCAG 2.1.4). */
export function ShortcutsForm() {
  const shortcuts = preferences.value.shortcuts ?? USUAL
  return (
    <section class="stack stack-tight">
      <h2>{t('settings.shortcuts')}</h2>
      <CheckField
        label={t('settings.singleKeys')}
        isChecked={shortcuts.enabled}
        onChange={(enabled) =>
          void preferFrom(({ shortcuts: before = USUAL }) => ({ shortcuts: { ...before, enabled } }))
        }
      />
      <p class="small muted">{t('settings.keysHint', { mod: keycaps('$mod').join('') })}</p>
      {sections().map(({ name, commands }, at) => (
        <details key={name} open={at === 0}>
          <summary>{name}</summary>
          <table class="narrow">
            <tbody>
              {commands.map((command) => (
                <tr key={command.id}>
                  <th scope="row">{command.label}</th>
                  <td>
                    <input
                      class="input"
                      aria-label={t('settings.keyOf', { command: command.label })}
                      value={keysOf(command)[0]}
                      onChange={({ currentTarget }) => give(command, currentTarget.value.trim())}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </section>
  )
}

/** The commands that work here, which are those that work everywhere, and those of each place. */
function sections(): readonly { readonly name: string; readonly commands: readonly Named[] }[] {
  const everywhere = activeScopes.value.map(({ name, commands }) => ({
    name,
    commands: commands.filter(({ keys = [] }) => keys.length > 0),
  }))
  const places = CATALOGUE.map(({ place, commands }) => ({
    name: t(place),
    commands: Object.entries(commands).map(([id, { label, keys }]) => ({ id, label: label(), keys })),
  }))
  return [...everywhere, ...places]
}

function give(command: Named, keys: string): void {
  void preferFrom(({ shortcuts: before = USUAL }) => {
    const { [command.id]: _, ...others } = before.keys
    const isUsual = keys === '' || keys === command.keys?.[0]
    return { shortcuts: { ...before, keys: isUsual ? others : { ...others, [command.id]: keys } } }
  })
}
