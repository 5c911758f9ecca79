import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { useAction } from '../api/action.ts'
import { call } from '../api/client.ts'
import { useResource } from '../api/resource.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { TextField } from '../parts/field.tsx'
import { Loaded, ProblemNote } from '../parts/states.tsx'
import { askedPage } from './asked-page.ts'
import { enter, type Me, type Role } from './session.ts'

interface Options {
  readonly password: boolean
  readonly oidc?: { readonly name: string }
  readonly demoRoles: readonly Role[]
}

/** The ways to sign in that the server offers. */
export function SignInForm() {
  const options = useResource<Options>('/sign-in/options')
  return (
    <Loaded resource={options}>
      {({ password, oidc, demoRoles }) => (
        <div class="stack">
          {demoRoles.length > 0 && <DemoRoles roles={demoRoles} />}
          {oidc !== undefined && (
            <a
              class="button"
              data-kind="primary"
              href={`/api/sign-in/oidc?to=${encodeURIComponent(askedPage())}`}
            >
              {t('sign-in.with', { name: oidc.name })}
            </a>
          )}
          {password && <PasswordForm />}
        </div>
      )}
    </Loaded>
  )
}

/** Takes up a session, on the page that was asked for. */
function useEnter(): (now: Me) => void {
  const [, go] = useLocation()
  return (now) => {
    const asked = askedPage()
    // `~` is wouter's mark of an address that holds the base already.
    if (asked !== window.location.pathname + window.location.search) go(`~${asked}`, { replace: true })
    enter(now)
  }
}

function PasswordForm() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isForgotten, setForgotten] = useState(false)
  const goIn = useEnter()
  const signIn = useAction(async () => {
    goIn((await call<Me>('POST', '/sign-in', { body: { email, password } })).data)
  })
  const reset = useAction(async () => {
    await call('POST', '/password-resets', { body: { email } })
    setForgotten(true)
  })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void signIn.run()
      }}
    >
      <TextField
        label={t('sign-in.email')}
        type="email"
        autocomplete="username"
        required
        value={email}
        onInput={setEmail}
      />
      <TextField
        label={t('sign-in.password')}
        type="password"
        autocomplete="current-password"
        required
        value={password}
        onInput={setPassword}
      />
      {signIn.problem && <ProblemNote problem={signIn.problem} />}
      {reset.problem && <ProblemNote problem={reset.problem} />}
      {isForgotten && <p role="status">{t('sign-in.resetAsked')}</p>}
      <div class="row">
        <Button type="submit" kind="primary" isDisabled={signIn.isRunning}>
          {t('sign-in.signIn')}
        </Button>
        <Button kind="quiet" isDisabled={email === '' || reset.isRunning} onClick={() => void reset.run()}>
          {t('sign-in.forgotten')}
        </Button>
      </div>
    </form>
  )
}

function DemoRoles({ roles }: { readonly roles: readonly Role[] }) {
  const goIn = useEnter()
  const signIn = useAction(async (role: Role) => {
    goIn((await call<Me>('POST', '/sign-in/demo', { body: { role } })).data)
  })
  return (
    <div class="stack stack-tight">
      <p class="muted">{t('sign-in.demo')}</p>
      <div class="row">
        {roles.map((role) => (
          <Button key={role} onClick={() => void signIn.run(role)} isDisabled={signIn.isRunning}>
            {t(`roles.${role}`)}
          </Button>
        ))}
      </div>
      {signIn.problem && <ProblemNote problem={signIn.problem} />}
    </div>
  )
}
