import { useEffect } from 'preact/hooks'
import { t } from '../messages/messages.ts'
import { Empty } from '../parts/states.tsx'
import { findSession } from '../sign-in/session.ts'

const AGAIN_MS = 3_000

/** Until the server answers who is signed in. */
export function ServerAway() {
  useEffect(() => {
    const timer = setInterval(() => void findSession().catch(() => {}), AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <main class="sign-in">
      <Empty title={t('parts.offline')}>
        <p>{t('parts.asksAgain')}</p>
      </Empty>
    </main>
  )
}
