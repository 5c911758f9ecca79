import { createIdleWorker, workerFile } from '../../platform/workers.ts'
import type { PostRecord } from '../../sources/record.ts'
import type { TextReply, TextRequest } from './text-worker.ts'

/** A worker thread for converting texts, which runs while the database writes. */
export interface TextWorker {
  run(request: TextRequest): Promise<TextReply>
  close(): Promise<void>
}

/** Kept small, because converting HTML creates a hundred times its size in garbage. */
const MEMORY = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 }

/** An export's members and votes follow its texts; by then the worker has ended and freed its sixty megabytes. */
const IDLE_MS = 2_000

/** The worker starts at the first request, so an import that changes nothing starts none. */
export function createTextWorker(): TextWorker {
  const file = workerFile(import.meta.url, './text-worker')
  return createIdleWorker<TextRequest, TextReply>(file, { idleMs: IDLE_MS, memory: MEMORY })
}

export interface TextsWanted {
  readonly posts: readonly PostRecord[]
  readonly threads: readonly { readonly title: string; readonly question: PostRecord | string }[]
}

/** The texts of one batch. Each is converted once: most before the transaction, the rest when it needs them. */
export class TextWork {
  readonly #worker: TextWorker
  readonly #bodies = new Map<PostRecord, string>()
  /** By title, then compared; keyed by question, a map would have to hash every one. */
  readonly #languages = new Map<string, { readonly question: string; readonly language: string }[]>()

  constructor(worker: TextWorker) {
    this.#worker = worker
  }

  /** Converts what is not converted yet, for {@link markdown} and {@link language}. */
  async prepare({ posts: wanted, threads: undetected }: TextsWanted): Promise<void> {
    const places = new Map<PostRecord, number>()
    const bodies: TextRequest['bodies'][number][] = []
    for (const post of wanted) {
      if (this.#bodies.has(post) || places.has(post)) continue
      places.set(post, bodies.length)
      bodies.push({ body: post.body, format: post.format })
    }
    const threads: TextRequest['threads'][number][] = []
    for (const { title, question } of undetected) {
      const text =
        typeof question === 'string' ? question : (this.#bodies.get(question) ?? places.get(question))
      const isKnown =
        text === undefined || (typeof text === 'string' && this.#find(title, text) !== undefined)
      if (!isKnown) threads.push({ title, question: text })
    }
    if (bodies.length + threads.length === 0) return
    const reply = await this.#worker.run({ bodies, threads })
    for (const [post, place] of places) this.#bodies.set(post, reply.markdown[place]!)
    for (const [place, { title, question }] of threads.entries()) {
      const text = typeof question === 'number' ? reply.markdown[question]! : question
      const known = this.#languages.get(title) ?? []
      known.push({ question: text, language: reply.languages[place]! })
      this.#languages.set(title, known)
    }
  }

  /** The body of a prepared post in Markdown. */
  markdown(post: PostRecord): string {
    return this.#bodies.get(post)!
  }

  /** The language detected for a title and a question in Markdown, which were prepared before. */
  language(title: string, question: string): string {
    return this.#find(title, question)!
  }

  #find(title: string, question: string): string | undefined {
    for (const each of this.#languages.get(title) ?? []) if (each.question === question) return each.language
    return undefined
  }
}
