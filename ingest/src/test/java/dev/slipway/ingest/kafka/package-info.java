@NullMarked
package dev.slipway.ingest.kafka;

import org.jspecify.annotations.NullMarked;
