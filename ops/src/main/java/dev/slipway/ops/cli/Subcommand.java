package dev.slipway.ops.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand of another module, found by {@link java.util.ServiceLoader}; its picocli annotation
 * names it.
 */
public interface Subcommand extends Callable<Integer> {}
