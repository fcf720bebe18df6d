package dev.slipway.ingest.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.ingest.decode.YamlDocument.DuplicateKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads one YAML document into a JSON tree, by the rules of the API server's parser. */
public final class YamlReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A plain scalar without tag: its text decides what it is. */
  private static final Tag PLAIN = new Tag("!plain");

  private static final String MERGE = "<<";

  /** Deeper than any real object, shallow enough for every stack. */
  private static final int MAX_DEPTH = 200;

  /** Values reached through aliases count each time: bounds what a few lines can unfold to. */
  private static final int MAX_VALUES = 2_000_000;

  private final int firstLine;
  private final List<DuplicateKey> duplicates = new ArrayList<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int values;

  private YamlReader(int firstLine) {
    this.firstLine = firstLine;
  }

  /** The first document of a text; a missing node if there is none. */
  public static YamlDocument first(String text) throws SyntaxException {
    return first(text, 1);
  }

  /** The first document of a text that begins at that line of its file. */
  static YamlDocument first(String text, int firstLine) throws SyntaxException {
    var reader = new YamlReader(firstLine);
    try {
      Node root = reader.compose(text);
      JsonNode tree = root == null ? MissingNode.getInstance() : reader.value(root);
      return new YamlDocument(tree, reader.duplicates);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      String problem = e.getProblem() == null ? String.valueOf(e.getContext()) : e.getProblem();
      throw mark == null
          ? new SyntaxException(problem, 0, 0)
          : new SyntaxException(problem, firstLine + mark.getLine(), mark.getColumn() + 1);
    } catch (YAMLException e) {
      throw new SyntaxException(String.valueOf(e.getMessage()), 0, 0);
    }
  }

  private @Nullable Node compose(String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setProcessComments(false);
    var composer =
        new Composer(new ParserImpl(new StreamReader(text), options), new PlainResolver(), options);
    return composer.checkNode() ? composer.getNode() : null;
  }

  private JsonNode value(Node node) throws SyntaxException {
    if (++values > MAX_VALUES) {
      throw at(node, "document unfolds to more than " + MAX_VALUES + " values");
    }
    return switch (node.getNodeId()) {
      case scalar -> scalar((ScalarNode) node);
      case sequence -> nested(node);
      case mapping -> nested(node);
      case anchor -> throw at(node, "alias without anchor");
    };
  }

  private JsonNode nested(Node node) throws SyntaxException {
    if (!open.add(node)) {
      throw at(node, "anchor value contains itself");
    }
    JsonNode read =
        node instanceof SequenceNode sequence ? list(sequence) : map((MappingNode) node);
    open.remove(node);
    return read;
  }

  private ArrayNode list(SequenceNode sequence) throws SyntaxException {
    ArrayNode list = JSON.arrayNode();
    for (Node element : sequence.getValue()) {
      list.add(value(element));
    }
    return list;
  }

  private ObjectNode map(MappingNode mapping) throws SyntaxException {
    var entries = new TreeMap<String, JsonNode>();
    var merged = new TreeMap<String, JsonNode>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (isMerge(tuple.getKeyNode())) {
        merge(tuple.getValueNode(), merged);
        continue;
      }
      String key = key(tuple.getKeyNode());
      if (entries.put(key, value(tuple.getValueNode())) != null) {
        duplicates.add(new DuplicateKey(line(tuple.getValueNode()), key));
      }
    }
    merged.forEach(entries::putIfAbsent);
    ObjectNode map = JSON.objectNode();
    entries.forEach(map::set);
    return map;
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.MERGE)
            || scalar.getTag().equals(PLAIN) && scalar.getValue().equals(MERGE));
  }

  private void merge(Node source, Map<String, JsonNode> into) throws SyntaxException {
    if (source instanceof SequenceNode sources) {
      for (Node one : sources.getValue()) {
        merge(one, into);
      }
    } else if (value(source) instanceof ObjectNode map) {
      map.properties().forEach(entry -> into.putIfAbsent(entry.getKey(), entry.getValue()));
    } else {
      throw at(source, "map merge requires map or sequence of maps as the value");
    }
  }

  private String key(Node node) throws SyntaxException {
    JsonNode key = value(node);
    if (key.isValueNode() && !key.isNull()) {
      return key.asText();
    }
    throw at(node, "a key must be a text, a number or a boolean");
  }

  private JsonNode scalar(ScalarNode node) throws SyntaxException {
    String text = node.getValue();
    Tag tag = node.getTag();
    if (tag.equals(Tag.BINARY)) {
      return JSON.textNode(binary(node, text));
    }
    if (!tag.equals(PLAIN)
        && !tag.equals(Tag.INT)
        && !tag.equals(Tag.FLOAT)
        && !tag.equals(Tag.BOOL)
        && !tag.equals(Tag.NULL)) {
      return JSON.textNode(text);
    }
    JsonNode resolved = YamlScalars.resolve(text);
    if (resolved == null) {
      throw at(node, "json: unsupported value: " + unsupported(text));
    }
    return resolved;
  }

  private static String unsupported(String text) {
    if (text.toLowerCase(java.util.Locale.ROOT).endsWith("nan")) {
      return "NaN";
    }
    return text.startsWith("-") ? "-Inf" : "+Inf";
  }

  private String binary(Node node, String text) throws SyntaxException {
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(text);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw at(node, "!!binary value contains invalid base64 data");
    }
  }

  private int line(Node node) {
    return firstLine + node.getStartMark().getLine();
  }

  private SyntaxException at(Node node, String problem) {
    return new SyntaxException(problem, line(node), node.getStartMark().getColumn() + 1);
  }

  /** Leaves plain scalars undecided; everything else is what its form says. */
  private static final class PlainResolver extends Resolver {
    @Override
    public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
      return switch (kind) {
        case scalar -> implicit ? PLAIN : Tag.STR;
        case sequence -> Tag.SEQ;
        case mapping, anchor -> Tag.MAP;
      };
    }
  }
}
