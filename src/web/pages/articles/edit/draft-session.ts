import { type ReadonlySignal, signal } from '@preact/signals'
import { type Answer, call, Problem } from '../../../api/client.ts'
import type { Get } from '../../../api/types.ts'
import { type Article, type Content, isSameContent } from '../article.ts'
import type { LocalCopies, LocalCopy } from './local-copies.ts'

export type ServerDraft = Get<'/api/articles/{id}/draft'>

/** A text that somebody else wrote meanwhile, beside ours. */
export interface Conflict {
  readonly theirs: Content
  readonly by: string
  readonly at: string
  /** What both began from, where it is known. */
  readonly base: Content | undefined
  readonly kind: 'draft' | 'article'
  /** What our text goes on from once it is merged with theirs. */
  readonly next: { readonly version: string; readonly basedOn: number }
}

export interface DraftState {
  readonly content: Content
  /** What the server has, as it answered. */
  readonly saved: Content
  /** When it saved that; absent where there is no draft. */
  readonly savedAt: string | undefined
  readonly isSaving: boolean
  /** Since when the server lacks something: milliseconds since the epoch. */
  readonly unsavedSince: number | undefined
  readonly problem: Problem | undefined
  readonly conflict: Conflict | undefined
  /** The text comes from a window that was closed before it was saved. */
  readonly isRestored: boolean
}

export interface DraftSession {
  readonly state: ReadonlySignal<DraftState>
  edit(change: Partial<Content>): void
  /** @returns whether the server has the whole text */
  save(): Promise<boolean>
  /** Makes the draft the next revision. @returns undefined where there is a conflict, which the state holds */
  apply(options: ApplyOptions): Promise<Article | undefined>
  /** Ends a conflict with this text. */
  resolve(content: Content): void
  discard(): Promise<void>
  /** The server told of a draft: taken in where nothing of ours is unsaved. */
  hear(answer: Answer<ServerDraft>): void
  close(): void
}

export interface ApplyOptions {
  readonly reviewedCitations?: boolean
  readonly confirmPersonalData?: boolean
}

/** After the last key; and the longest that somebody may type on without it. */
const PAUSE_MS = 800
const LONGEST_MS = 3_000
const RETRY_MS = 3_000

/** Edits a draft: each change is kept in the browser at once, and saved at the server after a pause. */
export function openDraft(
  { id, article }: { readonly id: string; readonly article: Article },
  start: Answer<ServerDraft>,
  copies: LocalCopies,
): DraftSession {
  const path = `/articles/${id}/draft`
  const { found } = copies
  const isRestored = found !== undefined && !isSameContent(found.content, start.data.content)
  let version = isRestored ? found.version : (start.etag ?? '')
  let basedOn = isRestored ? found.basedOn : start.data.basedOn
  let lastSent: Content | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined
  let isClosed = false

  const state = signal<DraftState>({
    content: isRestored ? found.content : start.data.content,
    saved: isRestored ? found.saved : start.data.content,
    savedAt: start.data.savedAt,
    isSaving: false,
    unsavedSince: isRestored ? found.at : undefined,
    problem: undefined,
    conflict: undefined,
    isRestored,
  })
  if (isRestored) schedule(0)
  else if (found !== undefined) copies.forget()

  const set = (change: Partial<DraftState>) => {
    state.value = { ...state.value, ...change }
  }
  const isUnsaved = () => state.value.unsavedSince !== undefined

  function schedule(ms: number): void {
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(() => void session.save(), ms)
  }

  function keepLocally(): void {
    const { content, saved } = state.value
    const copy: LocalCopy = { content, saved, version, basedOn, at: Date.now() }
    copies.keep(copy)
  }

  function edited(content: Content): void {
    const unsavedSince = state.value.unsavedSince ?? Date.now()
    set({ content, unsavedSince })
    keepLocally()
    schedule(Math.max(0, Math.min(PAUSE_MS, unsavedSince + LONGEST_MS - Date.now())))
  }

  /** The server has `saved`, at this version. */
  function savedAs(saved: Content, answer: Answer<ServerDraft>): void {
    version = answer.etag ?? ''
    basedOn = answer.data.basedOn
    const isWhole = isSameContent(state.value.content, saved)
    set({
      saved,
      savedAt: answer.data.savedAt,
      problem: undefined,
      unsavedSince: isWhole ? undefined : Date.now(),
      isRestored: state.value.isRestored && !isWhole,
    })
    if (isWhole) copies.forget()
    else schedule(PAUSE_MS)
  }

  async function put(): Promise<void> {
    const { content } = state.value
    lastSent = content
    set({ isSaving: true })
    try {
      savedAs(content, await call<ServerDraft>('PUT', path, { body: { basedOn, content }, ifMatch: version }))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (!meet(error)) {
        set({ problem: error })
        if (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500)
          schedule(RETRY_MS)
      }
    } finally {
      set({ isSaving: false })
    }
  }

  /** Takes up a 412. @returns false for other refusals */
  function meet(problem: Problem): boolean {
    if (problem.code === 'ARTICLE_DRAFT_CONFLICT') {
      const current = problem.body.current as ServerDraft
      const answer = { data: current, etag: `"${current.version}"` }
      // Our own text, whose answer was lost on its way; or somebody wrote the same.
      if (isSameContent(current.content, state.value.content)) savedAs(state.value.content, answer)
      else if (lastSent !== undefined && isSameContent(current.content, lastSent)) savedAs(lastSent, answer)
      else
        set({
          problem: undefined,
          conflict: {
            kind: 'draft',
            theirs: current.content,
            by: current.savedBy?.name ?? '',
            at: current.savedAt ?? '',
            base: state.value.saved,
            next: { version: answer.etag, basedOn: current.basedOn },
          },
        })
      return true
    }
    if (problem.code === 'ARTICLE_CONFLICT') {
      const current = problem.body.current as CurrentArticle
      set({
        problem: undefined,
        conflict: {
          kind: 'article',
          theirs: current.content,
          by: current.changedBy.name,
          at: current.changedAt,
          base: basedOn === article.revision ? article : undefined,
          next: { version, basedOn: current.revision },
        },
      })
      return true
    }
    return false
  }

  const session: DraftSession = {
    state,
    edit: (change) => edited({ ...state.value.content, ...change }),
    async save() {
      clearTimeout(timer)
      while (saving !== undefined) await saving
      if (state.value.conflict !== undefined) return false
      if (isUnsaved()) {
        saving = put()
        await saving
        saving = undefined
      }
      return !isUnsaved() && state.value.conflict === undefined
    },
    async apply(options) {
      if (!(await session.save())) {
        const { conflict, problem } = state.value
        if (conflict === undefined && problem !== undefined) throw problem
        return undefined
      }
      if (state.value.savedAt === undefined) return article
      try {
        const { data } = await call<Article>('POST', `${path}/apply`, { body: options, ifMatch: version })
        copies.forget()
        return data
      } catch (error) {
        if (error instanceof Problem && meet(error)) return undefined
        throw error
      }
    },
    resolve(content) {
      const { conflict } = state.value
      if (conflict === undefined) return
      version = conflict.next.version
      basedOn = conflict.next.basedOn
      set({ conflict: undefined, saved: conflict.theirs, isRestored: false })
      edited(content)
      void session.save()
    },
    async discard() {
      clearTimeout(timer)
      while (saving !== undefined) await saving
      if (state.value.savedAt !== undefined) await call('DELETE', path, { ifMatch: version })
      copies.forget()
      set({ unsavedSince: undefined })
    },
    hear(answer) {
      const isNewer = Number(answer.data.version) > Number(version.replaceAll('"', ''))
      if (!isNewer || isUnsaved() || saving !== undefined || state.value.conflict !== undefined) return
      set({ content: answer.data.content })
      savedAs(answer.data.content, answer)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
      // What is not saved yet stays in the browser if this fails.
      if (isUnsaved() && state.value.conflict === undefined && saving === undefined) void put()
      copies.close()
    },
  }
  return session
}

/** The article as it is now, in a 412. */
interface CurrentArticle {
  readonly revision: number
  readonly content: Content
  readonly changedBy: { readonly name: string }
  readonly changedAt: string
}
