import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/messages.ts'
import { Button } from '../parts/button.tsx'
import { Loading } from '../parts/states.tsx'

type Loader<Props> = () => Promise<{ readonly default: ComponentType<Props> }>

/** A component whose script is loaded when it is first shown. */
export function lazy<Props extends object = object>(load: Loader<Props>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined
  return function Lazy(props: Props) {
    const [Component, setComponent] = useState<ComponentType<Props> | undefined>(() => loaded)
    const [hasFailed, setFailed] = useState(false)
    useEffect(() => {
      if (Component !== undefined) return
      load().then(
        ({ default: found }) => {
          loaded = found
          setComponent(() => found)
        },
        () => setFailed(true),
      )
    }, [Component])
    if (Component !== undefined) return <Component {...props} />
    // After an upgrade the scripts of the page before are gone.
    if (hasFailed)
      return (
        <div class="empty" role="alert">
          <p>{t('parts.outdated')}</p>
          <Button onClick={() => window.location.reload()}>{t('parts.reload')}</Button>
        </div>
      )
    return <Loading />
  }
}
