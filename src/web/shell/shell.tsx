import { useEffect, useState } from 'preact/hooks'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter-preact'
import { sendKeptAnswers } from '../answers/answers.ts'
import { useAction } from '../api/action.ts'
import { isDialogOpen, useCommands } from '../keys/commands.ts'
import { isLive, listenToEvents } from '../live/live.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Empty, ProblemNote } from '../parts/states.tsx'
import { me, preferencesProblem, session, signOut } from '../sign-in/session.ts'
import { SignInAgain } from '../sign-in/sign-in-page.tsx'
import { LanguageChoice, ThemeChoice } from './choices.tsx'
import { KeySheet } from './key-sheet.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { Palette } from './palette.tsx'
import { type Place, placesOfUser } from './places.ts'
import './shell.css'

type Opened = 'palette' | 'keys' | undefined

/** The frame around every page: where one may go, who one is, and what works everywhere. */
export function Shell() {
  const places = placesOfUser()
  const [opened, open] = useState<Opened>()
  const [, go] = useLocation()
  const find = () => {
    if (!isDialogOpen()) open('palette')
  }
  const isSignedIn = session.value.state === 'in'
  useEffect(() => (isSignedIn ? listenToEvents() : undefined), [isSignedIn])
  useEffect(sendKeptAnswers, [])
  useCommands(t('shell.anywhere'), [
    {
      id: 'palette',
      label: t('shell.palette'),
      keys: ['$mod+k'],
      isHidden: true,
      run: find,
    },
    { id: 'search', label: t('shell.search'), keys: ['/'], isHidden: true, run: find },
    { id: 'keys', label: t('shell.keys'), keys: ['?'], run: () => open('keys') },
    ...places.map(({ path, label, key }) => ({
      id: `go${path}`,
      label: t(label),
      keys: key === undefined ? [] : [`g ${key}`],
      run: () => go(path),
    })),
  ])
  return (
    <div class="shell">
      <a class="skip" href="#content">
        {t('shell.skip')}
      </a>
      <Navigation places={places} onOpen={open} />
      <main id="content" class="content" tabIndex={-1}>
        <PreferencesProblem />
        <Switch>
          {places.map(({ path, Pages }) => (
            <Route key={path} path={path} nest>
              <PageBoundary>
                <Pages />
              </PageBoundary>
            </Route>
          ))}
          {/* Where an identity provider leads back to when it refused. */}
          <Route path="/sign-in">
            <Redirect to="/" replace />
          </Route>
          <Route path="/">
            <Redirect to={places[0]?.path ?? '/settings'} replace />
          </Route>
          <Route>
            <Empty title={t('shell.notFound')}>
              <p>{t('shell.notFoundHint')}</p>
            </Empty>
          </Route>
        </Switch>
      </main>
      {opened === 'palette' && <Palette onClose={() => open(undefined)} />}
      {opened === 'keys' && <KeySheet onClose={() => open(undefined)} />}
      {session.value.state === 'lost' && <SignInAgain />}
    </div>
  )
}

/** A preference that was not kept is one wherever it was changed. */
function PreferencesProblem() {
  const { value: problem } = preferencesProblem
  if (problem === undefined) return null
  return (
    <div class="stack stack-tight">
      <p>{t('shell.preferenceNotKept')}</p>
      <ProblemNote problem={problem} />
      <div>
        <Button icon="x" onClick={() => (preferencesProblem.value = undefined)}>
          {t('parts.close')}
        </Button>
      </div>
    </div>
  )
}

function Navigation({ places, onOpen }: { readonly places: readonly Place[]; onOpen(opened: Opened): void }) {
  const [location] = useLocation()
  const leaving = useAction(signOut)
  const [isOpen, setOpen] = useState(false)
  const isHere = (path: string) => location === path || location.startsWith(`${path}/`)
  return (
    <header class="side" data-open={isOpen || undefined}>
      <div class="row row-apart">
        <Link class="brand" href="/">
          Entraide
        </Link>
        <div class="side-toggle">
          <Button
            kind="quiet"
            icon={isOpen ? 'x' : 'menu'}
            label={t('shell.menu')}
            isExpanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          />
        </div>
      </div>
      <div class="side-body stack">
        <Button icon="search" keys="$mod+k" onClick={() => onOpen('palette')}>
          {t('shell.find')}
        </Button>
        <nav aria-label={t('shell.places')}>
          <ul>
            {places.map(({ path, label, icon }) => (
              <li key={path}>
                <Link
                  class="place"
                  href={path}
                  aria-current={isHere(path) ? 'page' : undefined}
                  onClick={() => setOpen(false)}
                >
                  <Icon name={icon} />
                  {t(label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div class="side-foot stack stack-tight">
          {!isLive.value && <p class="small muted">{t('shell.notLive')}</p>}
          <div class="row">
            <LanguageChoice />
            <ThemeChoice />
            <Button kind="quiet" icon="keyboard" label={t('shell.keys')} onClick={() => onOpen('keys')} />
          </div>
          <div class="row row-apart">
            <Link href="/settings/me" class="clip">
              {me.value?.name}
            </Link>
            <Button
              kind="quiet"
              icon="log-out"
              label={t('shell.signOut')}
              onClick={() => void leaving.run()}
            />
          </div>
          {leaving.problem && (
            <>
              <p class="small">{t('shell.stillSignedIn')}</p>
              <ProblemNote problem={leaving.problem} />
            </>
          )}
        </div>
      </div>
    </header>
  )
}
