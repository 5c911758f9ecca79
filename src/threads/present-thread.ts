import type { Thread } from './thread.ts'

/** A thread as HTTP shows it. */
export function present({ tags, ...thread }: Thread) {
  return { ...thread, tags: [...tags] }
}
