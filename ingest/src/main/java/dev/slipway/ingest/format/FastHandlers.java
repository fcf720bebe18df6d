package dev.slipway.ingest.format;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.Handler.HttpHeader;
import dev.slipway.engine.api.Handler.Port;
import dev.slipway.engine.api.ProbeSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads probes and hooks at a cursor; the containers of a workload share theirs. */
final class FastHandlers {
  /** The first five are what a probe does, in the order in which one of them counts. */
  private static final Names FIELDS =
      Names.of(
          "exec",
          "httpGet",
          "tcpSocket",
          "grpc",
          "sleep",
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold",
          "terminationGracePeriodSeconds");

  private static final int HANDLERS = 5;
  private static final Names EXEC = Names.of("command");
  private static final Names HTTP = Names.of("host", "port", "path", "scheme", "httpHeaders");
  private static final Names HEADER = Names.of("name", "value");
  private static final Names TCP = Names.of("host", "port");
  private static final Names GRPC = Names.of("port", "service");
  private static final Names SLEEP = Names.of("seconds");

  private static final int SHARED = 1 << 12;
  private static final int SHARED_BYTES_MAX = 512;

  private final JsonCursor cursor;
  private final Texts texts;
  private final Memo<ProbeSpec> known = new Memo<>(SHARED, SHARED_BYTES_MAX);

  FastHandlers(JsonCursor cursor, Texts texts) {
    this.cursor = cursor;
    this.texts = texts;
  }

  @Nullable ProbeSpec probe() {
    if (cursor.takeNull()) {
      return null;
    }
    int from = cursor.at;
    int tokens = cursor.tokens();
    cursor.skip();
    int to = cursor.at;
    ProbeSpec same = known.get(cursor.bytes, from, to);
    if (same != null) {
      return same;
    }
    cursor.back(from, tokens);
    ProbeSpec read = read();
    known.put(cursor.bytes, from, to, read);
    return read;
  }

  @Nullable Handler hook() {
    return cursor.takeNull() ? null : read().handler();
  }

  private ProbeSpec read() {
    Handler handler = null;
    int rank = HANDLERS;
    int delay = 0;
    int timeout = 0;
    int period = 0;
    int success = 0;
    int failure = 0;
    Long grace = null;
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = FIELDS.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 5 -> delay = texts.whole32();
        case 6 -> timeout = texts.whole32();
        case 7 -> period = texts.whole32();
        case 8 -> success = texts.whole32();
        case 9 -> failure = texts.whole32();
        case 10 -> grace = texts.wholeOrNull();
        case Names.UNKNOWN -> cursor.skip();
        default -> {
          Handler read = handler(field);
          if (read != null && field < rank) {
            handler = read;
            rank = field;
          }
        }
      }
    }
    return new ProbeSpec(
        handler == null ? new Handler.None() : handler,
        delay,
        timeout,
        period,
        success,
        failure,
        grace);
  }

  private @Nullable Handler handler(int field) {
    if (cursor.takeNull()) {
      return null;
    }
    return switch (field) {
      case 0 -> exec();
      case 1 -> http();
      case 2 -> tcp();
      case 3 -> grpc();
      default -> sleep();
    };
  }

  private Handler exec() {
    List<String> command = List.of();
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = EXEC.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      if (field == 0 && !cursor.takeNull()) {
        command = texts();
      } else if (field != 0) {
        cursor.skip();
      }
    }
    return new Handler.Exec(command);
  }

  private List<String> texts() {
    var list = new ArrayList<String>(4);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      list.add(texts.shared());
    }
    return list;
  }

  private Handler http() {
    String host = "";
    Port port = Port.of(0);
    String path = "";
    String scheme = "";
    List<HttpHeader> headers = List.of();
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = HTTP.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> host = texts.shared();
        case 1 -> port = port();
        case 2 -> path = texts.shared();
        case 3 -> scheme = texts.shared();
        case 4 -> headers = headers();
        default -> cursor.skip();
      }
    }
    return new Handler.HttpGet(
        host,
        port,
        path.isEmpty() ? "/" : path,
        scheme.isEmpty() ? "HTTP" : scheme,
        false,
        headers);
  }

  private List<HttpHeader> headers() {
    if (cursor.takeNull()) {
      return List.of();
    }
    var headers = new ArrayList<HttpHeader>(2);
    for (boolean more = cursor.enterList(); more; more = cursor.nextElement()) {
      String name = "";
      String value = "";
      int fields = 0;
      for (boolean has = cursor.enter(); has; has = cursor.next()) {
        int field = HEADER.find(cursor.bytes, cursor.from, cursor.to);
        fields = FastPods.once(fields, field);
        switch (field) {
          case 0 -> name = texts.shared();
          case 1 -> value = texts.shared();
          default -> cursor.skip();
        }
      }
      headers.add(new HttpHeader(name, value));
    }
    return headers;
  }

  /** A number written as text is a name. */
  private Port port() {
    return cursor.peek() == '"' ? Port.named(texts.shared()) : Port.of(texts.whole32());
  }

  private Handler tcp() {
    String host = "";
    Port port = Port.of(0);
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = TCP.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> host = texts.shared();
        case 1 -> port = port();
        default -> cursor.skip();
      }
    }
    return new Handler.TcpSocket(host, port);
  }

  private Handler grpc() {
    int port = 0;
    String service = "";
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = GRPC.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      switch (field) {
        case 0 -> port = texts.whole32();
        case 1 -> service = texts.shared();
        default -> cursor.skip();
      }
    }
    return new Handler.Grpc(port, service, false);
  }

  private Handler sleep() {
    long seconds = 0;
    int fields = 0;
    for (boolean more = cursor.enter(); more; more = cursor.next()) {
      int field = SLEEP.find(cursor.bytes, cursor.from, cursor.to);
      fields = FastPods.once(fields, field);
      if (field == 0) {
        seconds = texts.whole();
      } else {
        cursor.skip();
      }
    }
    return new Handler.Sleep(seconds);
  }
}
