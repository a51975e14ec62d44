import type { AuditMemberTuple, AuditRowsPage } from '../../contracts/audits'

export type PageImage = AuditRowsPage['images'][number]

/** An image of an audit as a page of its rows tells of it, for tests. */
export const pageImage = (
  id: string,
  members: AuditMemberTuple[],
  more: Partial<PageImage> = {},
): PageImage => ({
  id,
  name: `name of ${id}`,
  owner: 'o1',
  status: 'active',
  visibility: 'shared',
  hidden: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  side: 'owner',
  via: 'o1',
  refused: null,
  members,
  ...more,
})
