/**
 * Objects as rows of a table, with kubectl's own columns and words. Reads trees in the API's form,
 * computes nothing new.
 */
@NullMarked
package dev.slipway.ops.print;

import org.jspecify.annotations.NullMarked;
