package dev.slipway.ops.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;

/** Ctrl-C and SIGTERM for commands that end in order. */
final class Interrupts {
  /** An interrupted command may take so long to end; stopping a million actors takes seconds. */
  private static final long END_SECONDS_MAX = 60;

  private Interrupts() {}

  /** A command that can be stopped; false: it found or met something wrong. */
  @FunctionalInterface
  interface Run {
    boolean run() throws IOException, InterruptedException;
  }

  /**
   * Runs a command. When the process is told to end, the command is stopped, and the process ends
   * with the command's own exit code once it has returned.
   */
  static int run(Runnable stop, Run command) throws IOException, InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger code = new AtomicInteger(CommandLine.ExitCode.SOFTWARE);
    Thread hook = Thread.ofPlatform().unstarted(() -> end(stop, ended, code));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      code.set(command.run() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE);
      return code.get();
    } finally {
      ended.countDown();
      remove(hook);
    }
  }

  /** A run in the same process leaves nothing behind. */
  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is at work.
    }
  }

  private static void end(Runnable stop, CountDownLatch ended, AtomicInteger code) {
    stop.run();
    try {
      if (ended.await(END_SECONDS_MAX, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(code.get());
      }
      System.err.println("slipway: did not end in " + END_SECONDS_MAX + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
