'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { setVisibility } from '../actions/images'
import type { Scope } from '../contracts/scope'
import { activityKey } from './activity-key'
import { callAction } from './call-action'
import { images } from './images'

/** Makes an image shareable, or private again. */
export function useSetVisibility(scope: Scope) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (request: { imageId: string; visibility: 'private' | 'shared' }) =>
      callAction(setVisibility, { ...scope, ...request }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: activityKey })
      return client.invalidateQueries({ queryKey: images.all(scope) })
    },
  })
}
