@NullMarked
package dev.slipway.ingest.feed;

import org.jspecify.annotations.NullMarked;
