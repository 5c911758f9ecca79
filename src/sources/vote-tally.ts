const EMPTY = 0

/**
 * Votes up and down a post, for as many posts as a dump has: an open-addressing table in typed arrays, 16 bytes a
 * slot (a Map of objects takes over 100 bytes a post).
 */
export class VoteTally {
  #posts = new Float64Array(1024)
  #up = new Uint32Array(1024)
  #down = new Uint32Array(1024)
  #size = 0

  /** @param postId a whole number ≥ 1 */
  add(postId: number, up: number, down: number): void {
    if (this.#size * 4 >= this.#posts.length * 3) this.#grow()
    const slot = this.#slotOf(postId)
    if (this.#posts[slot] === EMPTY) {
      this.#posts[slot] = postId
      this.#size += 1
    }
    this.#up[slot]! += up
    this.#down[slot]! += down
  }

  /** Totals by ascending post id. */
  *totals(): Generator<{ readonly postId: number; readonly up: number; readonly down: number }> {
    for (const postId of this.#posts.filter((post) => post !== EMPTY).sort()) {
      const slot = this.#slotOf(postId)
      yield { postId, up: this.#up[slot]!, down: this.#down[slot]! }
    }
  }

  #slotOf(postId: number): number {
    const mask = this.#posts.length - 1
    const folded = postId ^ Math.imul(Math.floor(postId / 4294967296), 0x85ebca6b)
    let slot = Math.imul(folded, 0x9e3779b1) >>> Math.clz32(mask)
    while (this.#posts[slot] !== EMPTY && this.#posts[slot] !== postId) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [posts, up, down] = [this.#posts, this.#up, this.#down]
    this.#posts = new Float64Array(posts.length * 2)
    this.#up = new Uint32Array(posts.length * 2)
    this.#down = new Uint32Array(posts.length * 2)
    for (let old = 0; old < posts.length; old += 1) {
      if (posts[old] === EMPTY) continue
      const slot = this.#slotOf(posts[old]!)
      this.#posts[slot] = posts[old]!
      this.#up[slot] = up[old]!
      this.#down[slot] = down[old]!
    }
  }
}
