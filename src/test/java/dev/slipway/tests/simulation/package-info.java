/**
 * Seeded lives of random pods in virtual time under random faults, and the invariants they keep.
 */
@NullMarked
package dev.slipway.tests.simulation;

import org.jspecify.annotations.NullMarked;
