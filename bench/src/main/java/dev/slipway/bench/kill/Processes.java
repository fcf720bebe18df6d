package dev.slipway.bench.kill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts Java processes of this build and ends them. */
final class Processes {
  private static final long END_SECONDS_MAX = 60;

  private final Path logs;

  Processes(Path logs) {
    this.logs = logs;
  }

  /** A process of the class path of this one; its outputs go to {@code NAME.log}. */
  Process start(String name, Class<?> main, List<String> arguments, int heapMegabytes)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Short lives: the second compiler would only take the processor from the first.
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx" + heapMegabytes + "m"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(logs.resolve(name + ".log").toFile()))
        .start();
  }

  /** SIGKILL, and waits until it is gone. */
  static void kill(Process process) throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a killed process is still there: pid=" + process.pid());
    }
  }
}
