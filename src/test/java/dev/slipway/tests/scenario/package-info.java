/**
 * Scenario tables: cases as rows of aligned text, what reads them and what runs them. Knows no
 * case.
 */
@NullMarked
package dev.slipway.tests.scenario;

import org.jspecify.annotations.NullMarked;
