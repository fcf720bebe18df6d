package dev.slipway.ops.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.slipway.ops.pods.PodClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import picocli.CommandLine;

/** Prints whole pod objects as one list, JSON or YAML, each as it comes. */
final class ObjectPrinter {
  private final PrintWriter out;
  private final ObjectMapper mapper;
  private final boolean json;
  private final Set<String> names;

  /** Prints pods of those names, all if there are none. */
  ObjectPrinter(PrintWriter out, GetCommand.Format format, Set<String> names) {
    this.out = out;
    this.json = format == GetCommand.Format.JSON;
    this.mapper =
        json
            ? new ObjectMapper()
            : YAMLMapper.builder()
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .build();
    mapper.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.names = names;
  }

  int print(PodClient client, PodClient.Which which) throws IOException, InterruptedException {
    try (JsonGenerator generator = mapper.getFactory().createGenerator(out)) {
      if (json) {
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        generator.setPrettyPrinter(
            new DefaultPrettyPrinter()
                .withObjectIndenter(indenter)
                .withArrayIndenter(indenter)
                .withoutSpacesInObjectEntries()
                .withSpacesInObjectEntries());
      }
      generator.writeStartObject();
      generator.writeStringField("apiVersion", "v1");
      generator.writeStringField("kind", "List");
      generator.writeArrayFieldStart("items");
      client.objects(which, pod -> write(generator, pod));
      generator.writeEndArray();
      generator.writeEndObject();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (json) {
      out.println();
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private void write(JsonGenerator generator, JsonNode pod) {
    if (names.isEmpty() || names.contains(pod.path("metadata").path("name").asText())) {
      try {
        mapper.writeTree(generator, pod);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
