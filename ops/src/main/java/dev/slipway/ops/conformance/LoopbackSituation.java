package dev.slipway.ops.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.engine.api.ContainerPort;
import dev.slipway.engine.api.Handler;
import dev.slipway.engine.api.Handler.Port;
import dev.slipway.engine.probe.ProbeTransport.ExecReply;
import dev.slipway.ops.loopback.HealthServer;
import dev.slipway.ops.loopback.HttpAnswer;
import dev.slipway.ops.loopback.HttpServer;
import dev.slipway.ops.loopback.LoopbackServer;
import dev.slipway.ops.loopback.SilentPorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a probe or hook of a case meets: servers on the loopback address, started for the case, and
 * a scripted runtime for commands.
 */
final class LoopbackSituation implements AutoCloseable {
  private static final List<String> COMMAND = List.of("do it");
  private static final String ANY_PORT = "PORT";

  private final JsonNode in;
  private final List<LoopbackServer> servers = new ArrayList<>();
  private int commands;
  private int runtimeTimeout;

  LoopbackSituation(JsonNode in) throws IOException {
    this.in = in;
    if (in.has("server")) {
      servers.add(server());
    }
  }

  private LoopbackServer server() throws IOException {
    return switch (in.path("server").asText()) {
      case "plain" -> HttpServer.plain();
      case "tls" -> HttpServer.tls();
      case "closed" -> SilentPorts.closed();
      case "full" -> SilentPorts.full();
      case "hangup" -> SilentPorts.hangup();
      case "grpc" -> new HealthServer(false, in.path("code").asInt(0), serving(), delay());
      case "grpcTLS" -> new HealthServer(true, in.path("code").asInt(0), serving(), delay());
      default -> throw new IllegalArgumentException("unknown server: " + in);
    };
  }

  private int delay() {
    return in.path("delayMs").asInt(0) * Loopback.STRETCH;
  }

  private int serving() {
    JsonNode status = in.path("servingStatus");
    return switch (status.asText("SERVING")) {
      case "UNKNOWN" -> 0;
      case "SERVING" -> 1;
      case "NOT_SERVING" -> 2;
      case "SERVICE_UNKNOWN" -> 3;
      default -> status.asInt();
    };
  }

  /** The port texts may name, 0 if there is none. */
  int port() {
    return servers.isEmpty() ? 0 : servers.getFirst().port();
  }

  /** Requests the servers understood. */
  int requests() {
    return servers.stream().mapToInt(LoopbackServer::requests).sum();
  }

  int commands() {
    return commands;
  }

  int runtimeTimeout() {
    return runtimeTimeout;
  }

  Handler handler() throws IOException {
    String host = in.path("host").asText("");
    return switch (in.path("handler").asText()) {
      case "exec" -> new Handler.Exec(COMMAND);
      case "httpGet" ->
          new Handler.HttpGet(
              host,
              handlerPort(),
              answer().target(),
              in.path("scheme")
                  .asText(in.path("server").asText().equals("tls") && probe() ? "HTTPS" : ""),
              in.path("protocol").asText().equals("HTTP2") && gate("H2CContainerProbe"),
              List.of());
      case "tcpSocket" -> new Handler.TcpSocket(host, handlerPort());
      case "grpc" ->
          new Handler.Grpc(
              servers.getFirst().port(),
              in.path("service").asText("svc").equals("absent") ? "" : "svc",
              in.path("mode").asText().equals("TLS") && gate("GRPCContainerProbeTLS"));
      case "sleep" -> new Handler.Sleep(in.path("seconds").asLong());
      default -> new Handler.None();
    };
  }

  /** Cases of probes have a timeout, those of hooks none. */
  private boolean probe() {
    return in.has("timeoutSeconds");
  }

  private boolean gate(String name) {
    return in.path("gates").path(name).asBoolean();
  }

  private Port handlerPort() {
    JsonNode port = in.path("port");
    if (port.isMissingNode() || port.asText().equals(ANY_PORT)) {
      return servers.isEmpty() ? Port.of(0) : Port.of(servers.getFirst().port());
    }
    return port.isNumber() ? Port.of(port.asInt()) : Port.named(port.asText());
  }

  List<ContainerPort> ports() {
    List<ContainerPort> ports = new ArrayList<>();
    for (JsonNode port : in.path("containerPorts")) {
      JsonNode number = port.path("containerPort");
      ports.add(
          new ContainerPort(
              port.path("name").asText(""),
              number.isNumber() ? number.asInt() : servers.getFirst().port()));
    }
    return ports;
  }

  private HttpAnswer answer() throws IOException {
    JsonNode hops = in.path("sameHostRedirects");
    int body = in.path("bodyBytes").asInt(HttpAnswer.SHORT_BODY);
    return new HttpAnswer(
        in.path("status").asInt(200),
        hops.isTextual() ? -1 : hops.asInt(0),
        in.path("redirectStatus").asInt(0),
        location(),
        in.path("informationalFirst").asInt(0),
        delay(),
        body,
        in.path("bodyBytesSent").asInt(body));
  }

  private String location() throws IOException {
    String ok = HttpAnswer.of(200).target();
    return switch (in.path("location").asText("")) {
      case "" -> "";
      case "SAME" -> "http://" + authority(servers.getFirst()) + ok;
      case "SAME500" -> "http://" + authority(servers.getFirst()) + HttpAnswer.of(500).target();
      case "OTHERPORT" -> "http://" + authority(also(HttpServer.plain())) + ok;
      case "OTHERHOST" -> "http://other.invalid" + ok;
      case "OTHERHOST2" -> "http://localhost:" + servers.getFirst().port() + ok;
      case "TLS" -> "https://" + authority(also(HttpServer.tls())) + ok;
      case "REFUSED" -> "http://" + authority(also(SilentPorts.closed())) + "/";
      case "RELATIVE" -> HttpAnswer.of(204).target();
      case "BAD" -> "http://[::1/%zz";
      default -> throw new IllegalArgumentException("unknown location: " + in);
    };
  }

  private LoopbackServer also(LoopbackServer server) {
    servers.add(server);
    return server;
  }

  private static String authority(LoopbackServer server) {
    return LoopbackServer.HOST + ":" + server.port();
  }

  /** What the runtime of the case says of a command. */
  ExecReply run(List<String> command, int timeoutSeconds) {
    commands++;
    runtimeTimeout = timeoutSeconds;
    int exit = in.path("exit").asInt(0);
    String output =
        in.has("output") ? in.path("output").asText() : "x".repeat(in.path("outputBytes").asInt(0));
    String exited = "command '" + String.join(" ", command) + "' exited with " + exit + ": ";
    return switch (in.path("runnerError").asText("")) {
      case "" -> new ExecReply.Done(output, 0);
      case "exit status as error value" -> new ExecReply.Exited(exit, exited, output, 0);
      case "exit status wrapped in another error" ->
          new ExecReply.Failed("wrapped: exit " + exit, output, 0);
      case "command timed out", "command timed out, with output" ->
          new ExecReply.TimedOut("command timed out", output, 0);
      case "command timed out, wrapped" ->
          new ExecReply.TimedOut("command timed out: \"x\" timed out after 1s", output, 0);
      case "context deadline exceeded" ->
          new ExecReply.Failed("context deadline exceeded", output, 0);
      case "gRPC DeadlineExceeded status" ->
          new ExecReply.Failed("rpc error: code = DeadlineExceeded desc = late", output, 0);
      case "gRPC NotFound status" ->
          new ExecReply.Failed("rpc error: code = NotFound desc = no such container", output, 0);
      case "other" -> new ExecReply.Failed("runtime is down", output, 0);
      default -> throw new IllegalArgumentException("unknown runnerError: " + in);
    };
  }

  @Override
  public void close() throws IOException {
    for (LoopbackServer server : servers) {
      server.close();
    }
  }
}
