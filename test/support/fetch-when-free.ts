import { setTimeout as sleep } from 'node:timers/promises'

/** Fetches, and asks again while the service calls itself overloaded: the machine of the tests does other work too. */
export async function fetchWhenFree(url: string | URL, request: RequestInit): Promise<Response> {
  for (;;) {
    const response = await fetch(url, request)
    const isOverloaded = response.status === 503 && (await response.clone().text()).includes('OVERLOADED')
    if (!isOverloaded) return response
    await sleep(500)
  }
}
