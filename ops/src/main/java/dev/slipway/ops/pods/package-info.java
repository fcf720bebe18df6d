/**
 * Lists of pods as kubectl prints them: the columns of one pod, the list kept up to date, its HTTP
 * door and the way to find it. Knows nothing of how pods come to change.
 */
@NullMarked
package dev.slipway.ops.pods;

import org.jspecify.annotations.NullMarked;
