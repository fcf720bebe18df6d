/**
 * Virtual time: a single-threaded driver that hosts pods, their containers and their runtimes on
 * one event queue.
 */
@NullMarked
package dev.slipway.engine.replay;

import org.jspecify.annotations.NullMarked;
