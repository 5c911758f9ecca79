import { currentLanguage, LANGUAGES, t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { chooseLanguage, chooseTheme, theme } from '../sign-in/session.ts'

/** The other language, named in itself. */
export function LanguageChoice() {
  const other = LANGUAGES.find((each) => each !== currentLanguage()) ?? 'en'
  return (
    <Button kind="quiet" onClick={() => void chooseLanguage(other)}>
      <span lang={other}>{t('shell.otherLanguage')}</span>
    </Button>
  )
}

export function ThemeChoice() {
  const isDark =
    theme.value === 'dark' ||
    (theme.value === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  return (
    <Button
      kind="quiet"
      icon={isDark ? 'sun' : 'moon'}
      label={t(isDark ? 'shell.light' : 'shell.dark')}
      onClick={() => void chooseTheme(isDark ? 'light' : 'dark')}
    />
  )
}
