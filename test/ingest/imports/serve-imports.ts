import { commandLine, type Role } from '../../../src/access/actor.ts'
import type { Audience } from '../../../src/access/audience.ts'
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/platform/config/config.ts'
import type { DatabaseAddress } from '../../support/databases.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came
  readonly body: any
}

export interface ImportService {
  readonly url: string
  readonly app: Awaited<ReturnType<typeof createApp>>
  headersFor(role: Role, audience?: Audience): Promise<Record<string, string>>
  /** With a key of a knowledge manager unless given headers. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  post(path: string, body?: FormData | string, headers?: Record<string, string>): Promise<Answer>
  /** Resolves once an import has ended. */
  ended(id: string): Promise<Answer['body']>
  close(): Promise<void>
}

/** The whole app on a real port; its jobs run unless told otherwise. */
export async function serveImports(
  { home, databaseUrl }: DatabaseAddress,
  { works = true, env = {} }: { works?: boolean; env?: Record<string, string> } = {},
): Promise<ImportService> {
  const app = await createApp({
    ...readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'silent', PORT: '0', ...env }),
    ...(databaseUrl !== undefined && { databaseUrl }),
  })
  const serving = await app.serve()
  const worker = works ? app.startJobRunner() : undefined
  let keys = 0
  const headersFor = async (role: Role, audience: Audience = 'internal') => {
    const name = `${role} ${process.pid} ${performance.now()} ${++keys}`
    const { token } = await app.access.createKey({ name, roles: [role], audience, actor: commandLine })
    return { authorization: `Bearer ${token}` }
  }
  const manager = await headersFor('knowledge-manager')

  async function call(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${serving.url}/api${path}`, init)
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    }
  }
  const get = (path: string, headers = manager) => call(path, { headers })

  return {
    url: serving.url,
    app,
    headersFor,
    get,
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        headers: { ...manager, ...headers },
        body,
      }),
    async ended(id) {
      for (;;) {
        const { body } = await get(`/imports/${id}`)
        if (!['queued', 'running'].includes(body.status)) return body
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async close() {
      await serving.close()
      await worker?.stop()
      await app.close()
    },
  }
}

/** An upload's body: fields, then files by name. */
export function form(
  fields: Record<string, string>,
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  for (const [name, content] of Object.entries(files)) data.append('file', new Blob([content]), name)
  return data
}
