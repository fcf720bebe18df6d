/** Tests of the hosting: wheel, post, actors one by one, and a small engine in live time. */
@NullMarked
package dev.slipway.actors;

import org.jspecify.annotations.NullMarked;
