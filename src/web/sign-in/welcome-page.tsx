import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../api/action.ts'
import { call } from '../api/client.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { ProblemNote } from '../parts/states.tsx'
import { enter, type Me } from './session.ts'

const LEAST_CHARACTERS = 12

/** Where the link of an invitation or a new password leads: the token is in the fragment, which no server sees. */
export function WelcomePage() {
  const [token] = useState(() => window.location.hash.slice(1))
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const accept = useAction(async () => {
    enter((await call<Me>('POST', '/invitations/accept', { body: { token, password } })).data)
    go('/', { replace: true })
  })
  return (
    <main class="sign-in">
      <Page title={t('sign-in.welcome')}>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            void accept.run()
          }}
        >
          <TextField
            label={t('sign-in.newPassword')}
            hint={t('sign-in.passwordHint', { least: LEAST_CHARACTERS })}
            type="password"
            autocomplete="new-password"
            minLength={LEAST_CHARACTERS}
            required
            value={password}
            onInput={setPassword}
          />
          {accept.problem && <ProblemNote problem={accept.problem} />}
          <div>
            <Button type="submit" kind="primary" isDisabled={accept.isRunning}>
              {t('sign-in.start')}
            </Button>
          </div>
        </form>
      </Page>
    </main>
  )
}
