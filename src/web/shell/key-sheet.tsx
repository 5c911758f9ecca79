import { activeScopes, type Command, keysOf } from '../keys/commands.ts'
import { t } from '../messages/messages.ts'
import { Keycap } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { preferences } from '../sign-in/session.ts'

/** The keys of this place, the innermost first. */
export function KeySheet({ onClose }: { onClose(): void }) {
  return (
    <Dialog title={t('shell.keys')} onClose={onClose}>
      {preferences.value.shortcuts?.enabled === false && <p>{t('shell.keysOff')}</p>}
      {activeScopes.value.map(({ name, commands }) => (
        <section key={name} class="stack stack-tight">
          <h3>{name}</h3>
          <table>
            <tbody>
              {commands.filter(hasKeys).map((command) => (
                <tr key={command.id}>
                  <td>{command.label}</td>
                  <td class="number">
                    {keysOf(command).map((keys) => (
                      <Keycap key={keys} keys={keys} />
                    ))}
                    <span class="visually-hidden">{keysOf(command).join(', ')}</span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Dialog>
  )
}

function hasKeys(command: Command): boolean {
  return keysOf(command).length > 0
}
