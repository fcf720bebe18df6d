package dev.slipway.ingest.manifest;

import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.Handler.HttpHeader;
import dev.slipway.engine.api.Handler.Port;
import dev.slipway.engine.api.ProbeSpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads probes and hooks, with the defaults of rule V-60 where the records need a value. {@code
 * httpGet.protocol} and {@code grpc.mode} are not read (rule P-007).
 */
final class ProbeReader {
  private ProbeReader() {}

  static @Nullable ProbeSpec probe(Node probe) {
    if (!probe.present()) {
      return null;
    }
    return new ProbeSpec(
        handler(probe),
        probe.get("initialDelaySeconds").whole32(),
        probe.get("timeoutSeconds").whole32(),
        probe.get("periodSeconds").whole32(),
        probe.get("successThreshold").whole32(),
        probe.get("failureThreshold").whole32(),
        probe.get("terminationGracePeriodSeconds").wholeOrNull());
  }

  static @Nullable Handler hook(Node hook) {
    return hook.present() ? handler(hook) : null;
  }

  private static Handler handler(Node parent) {
    Node exec = parent.get("exec");
    Node httpGet = parent.get("httpGet");
    Node tcpSocket = parent.get("tcpSocket");
    Node grpc = parent.get("grpc");
    Node sleep = parent.get("sleep");
    if (exec.present()) {
      return new Handler.Exec(exec.get("command").list(Node::text));
    }
    if (httpGet.present()) {
      return new Handler.HttpGet(
          httpGet.get("host").text(),
          port(httpGet.get("port")),
          or(httpGet.get("path").text(), "/"),
          or(httpGet.get("scheme").text(), "HTTP"),
          false,
          httpGet.get("httpHeaders").list(ProbeReader::header));
    }
    if (tcpSocket.present()) {
      return new Handler.TcpSocket(tcpSocket.get("host").text(), port(tcpSocket.get("port")));
    }
    if (grpc.present()) {
      return new Handler.Grpc(grpc.get("port").whole32(), grpc.get("service").text(), false);
    }
    if (sleep.present()) {
      return new Handler.Sleep(sleep.get("seconds").whole());
    }
    return new Handler.None();
  }

  /** A number, or the name of a port; a number written as text is a name. */
  private static Port port(Node port) {
    return port.present() && port.json().isTextual()
        ? Port.named(port.text())
        : Port.of(port.whole32());
  }

  private static HttpHeader header(Node header) {
    return new HttpHeader(header.get("name").text(), header.get("value").text());
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
