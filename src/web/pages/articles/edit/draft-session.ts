import { signal } from '@preact/signals'
import { type Answer, call, Problem } from '../../../api/client.ts'
import { type Article, type Content, contentOf, isSameContent } from '../article.ts'
import type { DraftSession, DraftState, ServerDraft } from './draft-state.ts'
import type { LocalCopies, LocalCopy } from './local-copies.ts'

/** After the last key; and the longest that somebody may type on without it. */
const PAUSE_MS = 800
const LONGEST_MS = 3_000
const RETRY_MS = 3_000

/** Edits a draft: each change is kept in the browser at once, and saved at the server after a pause. */
export function openDraft(
  { id, article: opened }: { readonly id: string; readonly article: Article },
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
  let article = opened

  const state = signal<DraftState>({
    content: isRestored ? found.content : start.data.content,
    saved: isRestored ? found.saved : start.data.content,
    savedAt: start.data.savedAt,
    isSaving: false,
    unsavedSince: isRestored ? found.at : undefined,
    problem: undefined,
    conflict: undefined,
    isRestored,
    isKept: copies.canKeep,
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
    const keptAs = (isKept: boolean) => {
      if (state.value.isKept !== isKept) set({ isKept })
    }
    copies.keep(copy).then(
      () => keptAs(true),
      () => keptAs(false),
    )
  }

  /** The draft became a revision, or is gone: the text is that of the article, and the next draft begins from it. */
  function endDraft(): void {
    copies.forget()
    const content = contentOf(article)
    // The end of a draft is a version too.
    version = `"${versionNumber() + 1}"`
    basedOn = article.revision
    set({
      content,
      saved: content,
      savedAt: undefined,
      unsavedSince: undefined,
      problem: undefined,
      isRestored: false,
    })
  }

  function versionNumber(): number {
    return Number(version.replaceAll('"', ''))
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
      if (!(error instanceof Problem)) {
        // An answer that was cut short, say: the next attempt finds what became of this one.
        schedule(RETRY_MS)
        throw error
      }
      if (meet(error)) return
      set({ problem: error })
      if (error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500)
        schedule(RETRY_MS)
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

  /** Waits until nothing is on its way to the server, however that ended. */
  async function saved(): Promise<void> {
    while (saving !== undefined) await saving.catch(() => {})
  }

  const session: DraftSession = {
    state,
    edit: (change) => edited({ ...state.value.content, ...change }),
    async save() {
      clearTimeout(timer)
      await saved()
      if (state.value.conflict !== undefined) return false
      if (isUnsaved()) {
        saving = put().finally(() => {
          saving = undefined
        })
        await saving
      }
      return !isUnsaved() && state.value.conflict === undefined
    },
    async apply(isSignificant) {
      if (!(await session.save())) {
        const { conflict, problem } = state.value
        if (conflict === undefined && problem !== undefined) throw problem
        return 'conflict'
      }
      if (state.value.savedAt === undefined) return 'no-draft'
      const applied = state.value.content
      try {
        const { data } = await call<Article>('POST', `${path}/apply`, {
          query: { significant: isSignificant || undefined },
          ifMatch: version,
        })
        article = data
        const { content } = state.value
        endDraft()
        if (!isSameContent(content, applied)) edited(content)
        return data
      } catch (error) {
        if (error instanceof Problem && meet(error)) return 'conflict'
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
      await saved()
      const { data } = await call<Article>('GET', `/articles/${id}`)
      if (state.value.savedAt !== undefined) await call('DELETE', path, { ifMatch: version })
      article = data
      endDraft()
    },
    hear(answer) {
      const isNewer = Number(answer.data.version) > versionNumber()
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
