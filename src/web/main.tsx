import { render } from 'preact'
import { Route, Router, Switch } from 'wouter-preact'
import { listenToKeys } from './keys/commands.ts'
import { LANGUAGES, speak } from './messages/messages.ts'
import { ServerAway } from './shell/server-away.tsx'
import { Shell } from './shell/shell.tsx'
import { findSession, session } from './sign-in/session.ts'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { WelcomePage } from './sign-in/welcome-page.tsx'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'

function Workbench() {
  const { state } = session.value
  return (
    <Router base="/app">
      <Switch>
        <Route path="/welcome">
          <WelcomePage />
        </Route>
        <Route>{state === 'unknown' ? <ServerAway /> : state === 'out' ? <SignInPage /> : <Shell />}</Route>
      </Switch>
    </Router>
  )
}

async function start(): Promise<void> {
  const asked = document.documentElement.lang
  await Promise.all([
    speak(LANGUAGES.find((each) => each === asked) ?? 'en'),
    // The page says that the server is away, and asks again.
    findSession().catch(() => {}),
  ])
  listenToKeys()
  const root = document.getElementById('root')
  if (root !== null) render(<Workbench />, root)
}

void start()
