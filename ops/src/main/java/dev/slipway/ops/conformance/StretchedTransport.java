package dev.slipway.ops.conformance;

import dev.slipway.engine.probe.ProbeTransport;
import java.util.List;

/**
 * A transport whose time runs slower: limits are that much longer for the transport below, and what
 * it took counts that much less. A limit of a second then bears a busy machine.
 */
record StretchedTransport(ProbeTransport below, int times) implements ProbeTransport {
  @Override
  public HttpReply http(HttpCall call, long limit) {
    return switch (below.http(call, stretched(limit))) {
      case HttpReply.Answer answer ->
          new HttpReply.Answer(
              answer.status(),
              answer.location(),
              answer.body(),
              answer.broken(),
              answer.took() / times);
      case HttpReply.NoAnswer none ->
          new HttpReply.NoAnswer(none.error(), none.plain(), none.took() / times);
    };
  }

  @Override
  public TcpReply connect(String host, int port, long limit) {
    TcpReply reply = below.connect(host, port, stretched(limit));
    return new TcpReply(reply.error(), reply.took() / times);
  }

  @Override
  public GrpcReply grpc(GrpcCall call, long limit) {
    return switch (below.grpc(call, stretched(limit))) {
      case GrpcReply.Serving serving ->
          new GrpcReply.Serving(serving.status(), serving.took() / times);
      case GrpcReply.Refused refused ->
          new GrpcReply.Refused(refused.code(), refused.message(), refused.took() / times);
      case GrpcReply.NotConnected none ->
          new GrpcReply.NotConnected(none.error(), none.took() / times);
    };
  }

  @Override
  public ExecReply exec(List<String> command, int timeoutSeconds) {
    return below.exec(command, timeoutSeconds);
  }

  private long stretched(long limit) {
    return limit == NO_LIMIT ? limit : limit * times;
  }
}
