import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../messages/messages.ts'
import { titleOf } from '../../parts/title.ts'
import { nameOf } from './history.tsx'
import type { Past } from './queue.ts'

/** Says once what the last key did. */
export function Announcement({ queue }: { readonly queue: Past }) {
  const [text, say] = useState('')
  const count = queue.history.value.length
  const latest = queue.history.value[0]
  const back = queue.undone.value.at(-1)
  const refused = queue.history.value.find(({ refusal }) => refusal !== undefined)
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) isFirst.current = false
    else if (back !== undefined) say(t('review.undid', { answer: nameOf(back.given) }))
    else if (latest !== undefined)
      say(
        t(latest.isUnlikely ? 'review.didUnlikely' : 'review.did', {
          answer: nameOf(latest.given),
          title: latest.items[0] === undefined ? '' : titleOf(latest.items[0]),
        }),
      )
  }, [latest?.key, back?.key, count])
  useEffect(() => {
    if (refused?.refusal !== undefined) say(refused.refusal.message)
  }, [refused?.key])
  return (
    <p class="visually-hidden" role="status">
      {text}
    </p>
  )
}
