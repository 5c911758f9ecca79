import { t } from '../messages/messages.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Page } from '../parts/page.tsx'
import { LanguageChoice, ThemeChoice } from '../shell/choices.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Why an identity provider, or Entraide after it, lets nobody in: an address may say anything else. */
const REFUSALS = [
  'OIDC_NOT_CONFIGURED',
  'OIDC_UNAVAILABLE',
  'OIDC_FAILED',
  'OIDC_NO_ROLE',
  'OIDC_NO_ACCOUNT',
  'OIDC_ACCOUNT_DISABLED',
  'OIDC_EMAIL_TAKEN',
  'OIDC_EMAIL_UNVERIFIED',
] as const

/** What someone sees who has not signed in. */
export function SignInPage() {
  const code = new URLSearchParams(window.location.search).get('problem')
  const refusal = REFUSALS.find((known) => known === code)
  return (
    <main class="sign-in">
      <Page title={t('sign-in.title')}>
        <p class="muted">{t('sign-in.purpose')}</p>
        {refusal !== undefined && (
          <p class="problem" role="alert">
            {t(`sign-in.${refusal}`)}
          </p>
        )}
        <SignInForm />
        <div class="row">
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </Page>
    </main>
  )
}

/** Over the page of someone whose session ended: what was typed stays below. */
export function SignInAgain() {
  return (
    <Dialog title={t('sign-in.again')}>
      <p>{t('sign-in.kept')}</p>
      <SignInForm />
    </Dialog>
  )
}
