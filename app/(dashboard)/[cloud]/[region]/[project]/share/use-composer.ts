'use client'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import {
  type ImageMembers,
  type ImageSummary,
  type MemberLimit,
  maxImagesInAddress,
} from '@/lib/contracts/images'
import type { Scope } from '@/lib/contracts/scope'
import { paths } from '@/lib/paths'
import { idChunks, images } from '@/lib/queries/images'
import { planShare, refuseImage } from '@/lib/util/share-plan'

/** What the list showed may be older than this; the preflight reads anew. */
const membersFreshMs = 15_000

interface ComposerInput {
  scope: Scope
  imageIds: string[]
  memberLimit: MemberLimit
}

/** What is being put together: images, recipients, and what sharing them would do. Reads only. */
export function useComposer({ scope, imageIds, memberLimit }: ComposerInput) {
  const [ids, setIds] = useState(imageIds)
  const [picked, setPicked] = useState<readonly ImageSummary[]>([])
  const [projects, setProjects] = useState<readonly string[]>([])

  const pickedById = useMemo(() => new Map(picked.map((image) => [image.id, image])), [picked])
  // Only what came with the address is asked for: adding one image must not read the others again.
  const [linked] = useState(() => [...new Set(imageIds)])
  const named = useQueries({
    queries: idChunks(linked).map((some) => images.byId(scope, some)),
    combine: combineNamed,
  })
  const chosen = useMemo(
    () => ids.flatMap((id) => pickedById.get(id) ?? named.found.get(id) ?? []),
    [ids, pickedById, named],
  )
  const missing =
    named.isPending || named.error ? [] : ids.filter((id) => !pickedById.has(id) && !named.found.has(id))

  const readable = chosen.filter((image) => refuseImage(image, scope.project) === null)
  const members = useQueries({
    queries: readable.map((image) => ({ ...images.members(scope, image.id), staleTime: membersFreshMs })),
    combine: combineMembers,
  })

  const plan = useMemo(
    () =>
      planShare({ images: chosen, projects, own: scope.project, members: members.byId, limit: memberLimit }),
    [chosen, projects, scope.project, members, memberLimit],
  )

  const setImages = (next: string[]) => {
    setIds(next)
    if (next.length <= maxImagesInAddress) window.history.replaceState(null, '', paths.share(scope, next))
  }

  return {
    images: chosen,
    missing,
    projects,
    members,
    plan,
    isLoadingImages: named.isPending,
    imagesError: named.error,
    readImagesAgain: named.refetch,
    addImages: (more: readonly ImageSummary[]) => {
      setPicked((before) => [...before, ...more])
      setImages([...new Set([...ids, ...more.map((image) => image.id)])])
    },
    removeImages: (gone: readonly string[]) => setImages(ids.filter((id) => !gone.includes(id))),
    addProjects: (more: readonly string[]) => setProjects((before) => [...new Set([...before, ...more])]),
    removeProject: (gone: string) => setProjects((before) => before.filter((id) => id !== gone)),
    removeAllProjects: () => setProjects([]),
  }
}

export type Composer = ReturnType<typeof useComposer>

interface Read<Data> {
  data: Data | undefined
  error: Error | null
  isPending: boolean
  isFetching: boolean
  refetch: () => unknown
}

function combineNamed(results: readonly Read<ImageSummary[]>[]) {
  return {
    found: new Map(results.flatMap((result) => result.data ?? []).map((image) => [image.id, image])),
    isPending: results.some((result) => result.isPending && !result.error),
    error: results.find((result) => result.error)?.error ?? null,
    refetch: () => retryFailed(results),
  }
}

function combineMembers(results: readonly Read<ImageMembers>[]) {
  const failed = results.filter((result) => result.error && !result.data)
  return {
    byId: new Map(results.flatMap((result) => result.data ?? []).map((entry) => [entry.imageId, entry])),
    reading: results.filter((result) => result.isPending && !result.error).length,
    failed: failed.length,
    error: failed[0]?.error ?? null,
    refetch: () => retryFailed(results),
  }
}

function retryFailed(results: readonly Read<unknown>[]) {
  for (const result of results) if (result.error) result.refetch()
}
