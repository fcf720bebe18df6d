package dev.slipway.ingest.decode;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** JSON values that follow one another in a text: one object, or one a line. */
public final class JsonDocuments {
  private JsonDocuments() {}

  /** All values of the text. */
  public static List<JsonNode> read(String text) throws SyntaxException {
    try (MappingIterator<JsonNode> values =
        Trees.MAPPER.readerFor(JsonNode.class).readValues(text)) {
      return values.readAll();
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new SyntaxException(
          e.getOriginalMessage(),
          place == null ? 0 : place.getLineNr(),
          place == null ? 0 : place.getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
