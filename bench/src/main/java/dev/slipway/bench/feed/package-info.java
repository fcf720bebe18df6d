/** How fast a feed is read: records as an API server writes them, and what becomes of them. */
@NullMarked
package dev.slipway.bench.feed;

import org.jspecify.annotations.NullMarked;
