import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { call, OFFLINE, Problem } from '../api/client.ts'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { Loading } from '../parts/states.tsx'

type Loader<Props> = () => Promise<{ readonly default: ComponentType<Props> }>

/** A component whose script is loaded when it is first shown. */
export function lazy<Props extends object = object>(load: Loader<Props>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return function Lazy(props: Props) {
    const [Component, setComponent] = useState<ComponentType<Props> | undefined>(() => loaded)
    const [failure, setFailure] = useState<'away' | 'outdated'>()
    useEffect(() => {
      if (Component !== undefined) return
      load().then(
        ({ default: found }) => {
          loaded = found
          setComponent(() => found)
        },
        () => void whyNot().then(setFailure),
      )
    }, [Component])
    if (Component !== undefined) return <Component {...props} />
    if (failure !== undefined)
      return (
        <div class="empty" role="alert">
          <p>{t(failure === 'away' ? 'parts.offline' : 'parts.outdated')}</p>
          <Button onClick={() => window.location.reload()}>{t('parts.reload')}</Button>
        </div>
      )
    return <Loading />
  }
}

/** After an upgrade the scripts of the page before are gone. */
async function whyNot(): Promise<'away' | 'outdated'> {
  try {
    await call('GET', '/me')
  } catch (error) {
    if (error instanceof Problem && error.code === OFFLINE) return 'away'
  }
  return 'outdated'
}
