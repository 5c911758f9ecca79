import { t } from '../messages/messages.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Page } from '../parts/page.tsx'
import { LanguageChoice, ThemeChoice } from '../shell/choices.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** What someone sees who has not signed in. */
export function SignInPage() {
  const refusal = new URLSearchParams(window.location.search).get('problem')
  return (
    <main class="sign-in">
      <Page title={t('sign-in.title')}>
        <p class="muted">{t('sign-in.purpose')}</p>
        {refusal !== null && (
          <p class="problem" role="alert">
            {t('sign-in.refused', { code: refusal })}
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
