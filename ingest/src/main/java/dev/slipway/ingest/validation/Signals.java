package dev.slipway.ingest.validation;

import java.util.ArrayList;
import java.util.List;

/** Names of stop signals (rule V-30). */
final class Signals {
  private static final int REAL_TIME_UP = 15;
  private static final int REAL_TIME_DOWN = 14;

  static final List<String> LINUX = linux();
  static final List<String> WINDOWS = List.of("SIGKILL", "SIGTERM");

  private Signals() {}

  private static List<String> linux() {
    var signals = new ArrayList<String>();
    for (String name :
        ("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV"
                + " STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ"
                + " RTMIN RTMAX")
            .split(" ", -1)) {
      signals.add("SIG" + name);
    }
    for (int i = 1; i <= REAL_TIME_UP; i++) {
      signals.add("SIGRTMIN+" + i);
    }
    for (int i = 1; i <= REAL_TIME_DOWN; i++) {
      signals.add("SIGRTMAX-" + i);
    }
    signals.sort(null);
    return List.copyOf(signals);
  }
}
