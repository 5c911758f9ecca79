import type { Thread } from './thread.ts'

/** A thread as HTTP shows it. */
export function presentThread<Shown extends Pick<Thread, 'tags'>>({ tags, ...thread }: Shown) {
  return { ...thread, tags: [...tags] }
}
