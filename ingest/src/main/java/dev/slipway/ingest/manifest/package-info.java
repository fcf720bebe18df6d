/**
 * Kubernetes manifests and API objects: YAML and JSON to trees, trees to the engine's records and
 * back. Knows the form of the objects and their defaults, not what they mean.
 */
@NullMarked
package dev.slipway.ingest.manifest;

import org.jspecify.annotations.NullMarked;
