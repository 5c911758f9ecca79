import type { ComponentType } from 'preact'
import type { MessageKey } from '../messages/messages.ts'
import type { IconName } from '../parts/icon-names.ts'
import { hasRole, type Role } from '../sign-in/session.ts'
import { lazy } from './lazy.tsx'

/** A place of the workbench: a page or several below one address. */
export interface Place {
  /** Below `/app`. */
  readonly path: string
  readonly label: MessageKey
  readonly icon: IconName
  /** After `g`. */
  readonly key?: string
  readonly roles: readonly Role[]
  /** The pages at the path and below it. */
  readonly Pages: ComponentType
}

const STAFF: readonly Role[] = ['agent', 'knowledge-manager', 'supervisor']

const PLACES: readonly Place[] = [
  {
    path: '/review',
    label: 'shell.review',
    icon: 'list-checks',
    key: 'r',
    roles: STAFF,
    Pages: lazy(() => import('../pages/review/pages.tsx')),
  },
  {
    path: '/inbox',
    label: 'shell.inbox',
    icon: 'inbox',
    key: 'n',
    roles: STAFF,
    Pages: lazy(() => import('../pages/inbox/pages.tsx')),
  },
  {
    path: '/conflicts',
    label: 'shell.conflicts',
    icon: 'scale',
    roles: ['knowledge-manager', 'supervisor'],
    Pages: lazy(() => import('../pages/conflicts/pages.tsx')),
  },
  {
    path: '/threads',
    label: 'shell.threads',
    icon: 'message-square',
    key: 't',
    roles: STAFF,
    Pages: lazy(() => import('../pages/threads/pages.tsx')),
  },
  {
    path: '/candidates',
    label: 'shell.candidates',
    icon: 'lightbulb',
    key: 'p',
    roles: STAFF,
    Pages: lazy(() => import('../pages/candidates/pages.tsx')),
  },
  {
    path: '/articles',
    label: 'shell.articles',
    icon: 'book-open',
    key: 'a',
    roles: STAFF,
    Pages: lazy(() => import('../pages/articles/pages.tsx')),
  },
  {
    path: '/search',
    label: 'shell.searches',
    icon: 'search',
    roles: ['knowledge-manager', 'supervisor'],
    Pages: lazy(() => import('../pages/search/pages.tsx')),
  },
  {
    path: '/models',
    label: 'shell.models',
    icon: 'boxes',
    key: 'm',
    roles: STAFF,
    Pages: lazy(() => import('../pages/models/pages.tsx')),
  },
  {
    path: '/routing',
    label: 'shell.routing',
    icon: 'route',
    roles: STAFF,
    Pages: lazy(() => import('../pages/routing/pages.tsx')),
  },
  {
    path: '/watch',
    label: 'shell.watch',
    icon: 'bell',
    key: 'i',
    roles: ['supervisor'],
    Pages: lazy(() => import('../pages/watch/pages.tsx')),
  },
  {
    path: '/sources',
    label: 'shell.sources',
    icon: 'database',
    roles: ['knowledge-manager', 'supervisor'],
    Pages: lazy(() => import('../pages/sources/pages.tsx')),
  },
  {
    path: '/settings',
    label: 'shell.settings',
    icon: 'settings',
    roles: [...STAFF, 'router'],
    Pages: lazy(() => import('../pages/settings/pages.tsx')),
  },
]

/** The places that whoever is signed in may go to. */
export function placesOfUser(): readonly Place[] {
  return PLACES.filter(({ roles }) => hasRole(...roles))
}
