import { z } from 'zod'

/**
 * Keystone ids are 32 lower-case hex digits or a UUID. A member may be any string in Glance, but a project id
 * that fits neither is a typing mistake.
 */
export const ProjectId = z.string().regex(/^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/)

/** Glance ids are lower-case UUIDs; anything else answers 404 there. */
export const ImageId = z.string().regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

const Name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w.@-]+$/)

export const ScopeInput = z.object({ cloud: Name, region: Name, project: ProjectId })
