/**
 * What a pod asks for and what that means: effective requests and limits, QoS class, cgroup values,
 * quota, limit ranges, fit on a node, eviction order (rules ). Knows amounts and
 * names, not the life of a pod; every answer is a pure function of its arguments.
 */
@NullMarked
package dev.slipway.engine.resources;

import org.jspecify.annotations.NullMarked;
