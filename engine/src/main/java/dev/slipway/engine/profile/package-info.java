/** Which release of the kubelet decides. Knows nothing of pods. */
@NullMarked
package dev.slipway.engine.profile;

import org.jspecify.annotations.NullMarked;
