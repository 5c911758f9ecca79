import { createIdleWorker, workerFile } from '../../platform/workers.ts'

import type { PostRecord } from '../../sources/record.ts'
import type { TextReply, TextRequest } from './text-worker.ts'

/** A thread of its own for the slow work on texts, so that it goes on while the database writes. */
export interface TextWorker {
  run(request: TextRequest): Promise<TextReply>
  close(): Promise<void>
}

/** Kept small, because converting HTML makes a hundred times its size of garbage. */
const MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 }

/** An export's members and votes come after its texts: by then the thread's sixty megabytes are given back. */
const IDLE_MS = 2_000

/** The thread itself is started by the first request: an import that changes nothing does without. */
export function createTextWorker(): TextWorker {
  const file = workerFile(import.meta.url, './text-worker')
  return createIdleWorker<TextRequest, TextReply>(file, { idleMs: IDLE_MS, memory: MEMORY })
}

export interface TextsWanted {
  readonly posts: readonly PostRecord[]
  readonly threads: readonly { readonly title: string; readonly question: PostRecord | string }[]
}

/** The texts of one batch: each is worked on once, most before the transaction, the rest when it turns out. */
export class TextWork {
  readonly #thread: TextWorker
  readonly #bodies = new Map<PostRecord, string>()
  /** By title, then compared: a map would have to hash every question. */
  readonly #languages = new Map<string, { readonly question: string; readonly language: string }[]>()

  constructor(thread: TextWorker) {
    this.#thread = thread
  }

  /** Does what is not done yet, so that the two below know it. */
  async prepare({ posts: wanted, threads: asked }: TextsWanted): Promise<void> {
    const places = new Map<PostRecord, number>()
    const bodies: TextRequest['bodies'][number][] = []
    for (const post of wanted) {
      if (this.#bodies.has(post) || places.has(post)) continue
      places.set(post, bodies.length)
      bodies.push({ body: post.body, format: post.format })
    }
    const threads: TextRequest['threads'][number][] = []
    for (const { title, question } of asked) {
      const text =
        typeof question === 'string' ? question : (this.#bodies.get(question) ?? places.get(question))
      const isKnown =
        text === undefined || (typeof text === 'string' && this.#told(title, text) !== undefined)
      if (!isKnown) threads.push({ title, question: text })
    }
    if (bodies.length + threads.length === 0) return
    const reply = await this.#thread.run({ bodies, threads })
    for (const [post, place] of places) this.#bodies.set(post, reply.markdown[place]!)
    for (const [place, { title, question }] of threads.entries()) {
      const text = typeof question === 'number' ? reply.markdown[question]! : question
      const known = this.#languages.get(title) ?? []
      known.push({ question: text, language: reply.languages[place]! })
      this.#languages.set(title, known)
    }
  }

  markdown(post: PostRecord): string {
    return this.#bodies.get(post)!
  }

  /** Language of a thread from its title and its question in Markdown. */
  language(title: string, question: string): string {
    return this.#told(title, question)!
  }

  #told(title: string, question: string): string | undefined {
    for (const each of this.#languages.get(title) ?? []) if (each.question === question) return each.language
    return undefined
  }
}
