import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../api/action.ts'
import { call } from '../api/client.ts'
import { useResource } from '../api/resource.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { Page } from '../parts/page.tsx'
import { Loaded, ProblemNote } from '../parts/states.tsx'
import { enter, type Me } from './session.ts'

const LEAST_CHARACTERS = 12

/** Where the link of an invitation or a new password leads: the token is in the fragment, which no server sees. */
export function WelcomePage() {
  const [token] = useState(() => window.location.hash.slice(1))
  const invitation = useResource<Invitation>('/invitations/describe', {
    ask: (signal) => call('POST', '/invitations/describe', { body: { token }, signal }),
  })
  return (
    <main class="sign-in">
      <Page title={t('sign-in.welcome')}>
        <Loaded resource={invitation}>{(found) => <PasswordForm token={token} invitation={found} />}</Loaded>
      </Page>
    </main>
  )
}

interface Invitation {
  readonly purpose: 'invitation' | 'reset' | 'administrator'
  readonly name?: string
  readonly email?: string
}

function PasswordForm({ token, invitation }: { readonly token: string; readonly invitation: Invitation }) {
  const [name, setName] = useState(invitation.name ?? '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [password, setPassword] = useState('')
  const [, go] = useLocation()
  const isFirst = invitation.purpose === 'administrator'
  const accept = useAction(async () => {
    const body = isFirst ? { token, password, name, email } : { token, password }
    enter((await call<Me>('POST', '/invitations/accept', { body })).data)
    go('/', { replace: true })
  })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void accept.run()
      }}
    >
      {isFirst && (
        <TextField label={t('sign-in.name')} required maxLength={100} value={name} onInput={setName} />
      )}
      {isFirst ? (
        <TextField
          label={t('sign-in.email')}
          type="email"
          autocomplete="username"
          required
          value={email}
          onInput={setEmail}
        />
      ) : (
        <p>{invitation.email}</p>
      )}
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
  )
}
