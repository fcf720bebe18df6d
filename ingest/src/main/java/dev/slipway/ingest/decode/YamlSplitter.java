package dev.slipway.ingest.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into its YAML documents at the lines that begin with {@code ---}, as kubectl does, so
 * that a broken document does not take the others with it.
 */
public final class YamlSplitter {
  private static final String SEPARATOR = "---";

  private YamlSplitter() {}

  /**
   * A piece of a text.
   *
   * @param firstLine its first line in the whole text, from 1
   */
  public record Piece(String text, int firstLine) {
    /** The document of this piece. */
    public YamlDocument read() throws SyntaxException {
      return YamlReader.first(text, firstLine);
    }
  }

  /** The pieces that hold more than blanks and comments. */
  public static List<Piece> split(String text) {
    var pieces = new ArrayList<Piece>();
    var piece = new StringBuilder();
    int firstLine = 1;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (separates(line)) {
        add(pieces, piece, firstLine);
        firstLine = number;
        piece.append(line.substring(SEPARATOR.length()).strip()).append('\n');
      } else {
        piece.append(line).append('\n');
      }
    }
    add(pieces, piece, firstLine);
    return pieces;
  }

  private static boolean separates(String line) {
    return line.startsWith(SEPARATOR)
        && (line.length() == SEPARATOR.length()
            || Character.isWhitespace(line.charAt(SEPARATOR.length())));
  }

  private static void add(List<Piece> pieces, StringBuilder piece, int firstLine) {
    String text = piece.toString();
    piece.setLength(0);
    boolean empty =
        text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    if (!empty) {
      pieces.add(new Piece(text, firstLine));
    }
  }
}
