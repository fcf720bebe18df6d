@NullMarked
package dev.slipway.ingest.service;

import org.jspecify.annotations.NullMarked;
