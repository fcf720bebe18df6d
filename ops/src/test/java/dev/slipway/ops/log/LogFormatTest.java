package dev.slipway.ops.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.ops.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Lines of the log in both forms. */
final class LogFormatTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.600Z"));

  private final StringWriter out = new StringWriter();

  @AfterEach
  void textAgain() {
    LogFormat.TEXT.apply();
  }

  private Console console(LogFormat format) {
    return Console.of(format, "slipway.serve", new PrintWriter(out, true), CLOCK);
  }

  @Test
  void aStatusIsItsFieldsForMachinesAndItsLineForPeople() {
    console(LogFormat.JSON).status("5s  pods 3", Map.of("pods", 3L));
    console(LogFormat.TEXT).status("5s  pods 3", Map.of("pods", 3L));
    assertThat(out.toString().lines())
        .containsExactly(
            "{\"ts\":\"2026-01-02T03:04:05.600Z\",\"level\":\"INFO\",\"logger\":\"slipway.serve\","
                + "\"message\":\"status\",\"pods\":3}",
            "5s  pods 3");
  }

  @Test
  void severalLinesAreSeveralObjects() throws IOException {
    console(LogFormat.JSON).warn("one \"quoted\"\ntwo");
    String[] lines = out.toString().split("\n");
    assertThat(lines).hasSize(2);
    assertThat(MAPPER.readTree(lines[0]).path("message").asText()).isEqualTo("one \"quoted\"");
    assertThat(MAPPER.readTree(lines[1]).path("level").asText()).isEqualTo("WARN");
  }

  @Test
  void whatLibrariesLogIsAnObjectALineToo() throws IOException {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var log = context.getLogger("dev.slipway.test");
    var appender = new OutputStreamAppender<ILoggingEvent>();
    var bytes = new ByteArrayOutputStream();
    appender.setContext(context);
    appender.setOutputStream(bytes);
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.start();
    appender.setEncoder(encoder);
    appender.start();
    log.setAdditive(false);
    log.addAppender(appender);
    log.error("failed: {}", "x", new IllegalStateException("why\nso"));
    log.detachAppender(appender);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text.lines()).hasSize(1);
    JsonNode line = MAPPER.readTree(text);
    assertThat(line.path("ts").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(line.path("level").asText()).isEqualTo("ERROR");
    assertThat(line.path("logger").asText()).isEqualTo("dev.slipway.test");
    assertThat(line.path("message").asText()).isEqualTo("failed: x");
    assertThat(line.path("error").asText())
        .startsWith("java.lang.IllegalStateException: why")
        .contains("LogFormatTest");
  }

  @Test
  void everyLineOfServeIsAnObject(@TempDir Path folder) throws IOException {
    Path feed = Files.writeString(folder.resolve("feed.jsonl"), "nonsense\n");
    for (String mode : new String[] {"observe", "drive"}) {
      StringWriter err = new StringWriter();
      int code =
          Main.commandLine()
              .setErr(new PrintWriter(err))
              .setOut(new PrintWriter(out))
              .execute(
                  "serve",
                  "--mode",
                  mode,
                  "--feed",
                  feed.toString(),
                  "--until-done",
                  "--log-format",
                  "json");
      assertThat(code).isZero();
      assertThat(err.toString().lines()).as(mode).isNotEmpty();
      for (String line : err.toString().lines().toList()) {
        assertThat(MAPPER.readTree(line).path("logger").asText()).isEqualTo("slipway.serve");
      }
      assertThat(err.toString()).contains("\"level\":\"WARN\"").contains("line 1");
    }
  }
}
