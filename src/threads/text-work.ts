import { createIdleThread, workerFile } from '../platform/index.ts'
import type { PostRecord } from '../sources/index.ts'
import type { TextReply, TextRequest } from './text-worker.ts'

/** A thread of its own for the slow work on texts, so that it goes on while the database writes. */
export interface TextThread {
  run(request: TextRequest): Promise<TextReply>
  close(): Promise<void>
}

/** Kept small, because converting HTML makes a hundred times its size of garbage. */
const MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 }

/** An export's members and votes come after its texts: by then the thread's sixty megabytes are given back. */
const IDLE_MS = 2_000

/** The thread itself is started by the first request: an import that changes nothing does without. */
export function createTextThread(): TextThread {
  const file = workerFile(import.meta.url, './text-worker')
  return createIdleThread<TextRequest, TextReply>(file, { idleMs: IDLE_MS, memory: MEMORY })
}

export interface TextsWanted {
  readonly posts: readonly PostRecord[]
  readonly threads: readonly { readonly title: string; readonly question: PostRecord | string }[]
}

/** The texts of one batch: each is worked on once, most before the transaction, the rest when it turns out. */
export interface TextWork {
  /** Does what is not done yet, so that the two below know it. */
  prepare(wanted: TextsWanted): Promise<void>
  markdown(post: PostRecord): string
  /** Language of a thread from its title and its question in Markdown. */
  language(title: string, question: string): string
}

export function createTextWork(thread: TextThread): TextWork {
  const bodies = new Map<PostRecord, string>()
  // By title, then compared: a map would have to hash every question.
  const languages = new Map<string, { readonly question: string; readonly language: string }[]>()
  const told = (title: string, question: string) =>
    languages.get(title)?.find((each) => each.question === question)?.language

  return {
    async prepare(wanted) {
      const posts = wanted.posts.filter((post) => !bodies.has(post))
      const places = new Map(posts.map((post, place) => [post, place]))
      const threads = wanted.threads.flatMap(({ title, question }) => {
        const text = typeof question === 'string' ? question : (bodies.get(question) ?? places.get(question))
        const known = text === undefined || (typeof text === 'string' && told(title, text) !== undefined)
        return known ? [] : [{ title, question: text }]
      })
      if (posts.length + threads.length === 0) return
      const reply = await thread.run({
        bodies: posts.map(({ body, format }) => ({ body, format })),
        threads,
      })
      for (const [place, post] of posts.entries()) bodies.set(post, reply.markdown[place]!)
      for (const [place, { title, question }] of threads.entries()) {
        const text = typeof question === 'number' ? reply.markdown[question]! : question
        const known = languages.get(title) ?? []
        known.push({ question: text, language: reply.languages[place]! })
        languages.set(title, known)
      }
    },
    markdown: (post) => bodies.get(post)!,
    language: (title, question) => told(title, question)!,
  }
}
