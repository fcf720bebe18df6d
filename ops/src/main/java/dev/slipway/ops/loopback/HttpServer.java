package dev.slipway.ops.loopback;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP/1.1 server that answers as the request's own query says ({@link HttpAnswer}), also with
 * what no proper server would send. Written by hand for that reason.
 */
public final class HttpServer implements LoopbackServer {
  private static final Pattern REQUEST = Pattern.compile("[A-Z]+ (\\S+) HTTP/1\\.[01]");
  private static final int MAX_LINE = 65_536;

  private final AtomicInteger requests = new AtomicInteger();
  private final Acceptor acceptor;

  private HttpServer(ServerSocket server) {
    this.acceptor = new Acceptor(server, this::serve);
  }

  /** A server without TLS. */
  public static HttpServer plain() throws IOException {
    return new HttpServer(new ServerSocket(0, Acceptor.BACKLOG, InetAddress.getLoopbackAddress()));
  }

  /** A server with TLS. */
  public static HttpServer tls() throws IOException {
    return new HttpServer(
        Certificates.context()
            .getServerSocketFactory()
            .createServerSocket(0, Acceptor.BACKLOG, InetAddress.getLoopbackAddress()));
  }

  private void serve(Socket socket) throws IOException {
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = socket.getOutputStream();
    Matcher request = REQUEST.matcher(readHead(in));
    if (!request.matches()) {
      write(out, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
      // What was not read would make the close a reset, which may overtake the answer.
      in.skipNBytes(in.available());
      return;
    }
    requests.incrementAndGet();
    answer(HttpAnswer.of(request.group(1)), out);
  }

  /** Reads the head of a request and returns its first line; of anything else the first line. */
  private static String readHead(InputStream in) throws IOException {
    String first = readLine(in);
    String line = first;
    while (!line.isEmpty() && REQUEST.matcher(first).matches()) {
      line = readLine(in);
    }
    return first;
  }

  /** One line without its end; what begins with a control character is no line of text. */
  private static String readLine(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int ch = in.read(); ch >= 0 && ch != '\n' && line.length() < MAX_LINE; ch = in.read()) {
      line.append((char) ch);
      if (line.length() == 1 && Character.isISOControl(ch) && ch != '\r') {
        break;
      }
    }
    return line.toString().strip();
  }

  private static void answer(HttpAnswer answer, OutputStream out) throws IOException {
    if (answer.redirects() != 0) {
      write(out, head(answer.redirectStatus(), answer.next().target(), 0));
      return;
    }
    if (answer.interim() != 0) {
      write(out, "HTTP/1.1 " + answer.interim() + " Interim\r\n\r\n");
    }
    pause(answer.delayMillis());
    int status = answer.status();
    boolean body = status >= 200 && status != 204 && status != 304;
    write(out, head(status, answer.location(), body ? answer.bodyBytes() : 0));
    if (body) {
      write(out, "b".repeat(Math.min(answer.bodyBytes(), answer.bodySent())));
    }
  }

  private static String head(int status, String location, int length) {
    return "HTTP/1.1 "
        + status
        + " Answer\r\nConnection: close\r\n"
        + (length == 0 ? "" : "Content-Length: " + length + "\r\n")
        + (location.isEmpty() ? "" : "Location: " + location + "\r\n")
        + "\r\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int port() {
    return acceptor.port();
  }

  @Override
  public int requests() {
    return requests.get();
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
  }
}
