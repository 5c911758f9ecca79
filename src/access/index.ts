import './http.ts'

export { type Actor, anonymous, commandLine, ROLES, type Role, system } from './actor.ts'
export { AUDIENCES, type Audience, visibleTo } from './audience.ts'
export { type AuditEntry, type AuditLog, createAuditLog } from './audit-log.ts'
