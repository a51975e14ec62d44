import type { Admin } from './admin.ts'
import { call } from './http.ts'

/** Deletes, as admin and by id, all images the projects own, then users, projects and domains. */
export async function removeAll(
  admin: Admin,
  what: { users: string[]; projects: string[]; domains: string[] },
): Promise<void> {
  for (const project of what.projects) await removeImages(admin, project)
  for (const id of what.users) await call(admin.identity, 'DELETE', `/users/${id}`)
  for (const id of what.projects) await call(admin.identity, 'DELETE', `/projects/${id}`)
  for (const id of what.domains) {
    // Keystone deletes only disabled domains.
    await call(admin.identity, 'PATCH', `/domains/${id}`, { domain: { enabled: false } })
    await call(admin.identity, 'DELETE', `/domains/${id}`)
  }
}

async function removeImages(admin: Admin, owner: string): Promise<void> {
  const path = `/v2/images?owner=${owner}&visibility=all&limit=100`
  for (;;) {
    const { images } = await call<{ images: { id: string }[] }>(admin.images, 'GET', path)
    if (images.length === 0) return
    for (const { id } of images) await call(admin.images, 'DELETE', `/v2/images/${id}`)
  }
}
