package dev.slipway.ops.observe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.engine.api.Times;
import dev.slipway.ingest.feed.FeedLimits;
import dev.slipway.ingest.format.Format;
import dev.slipway.ingest.format.RecordDecoder;
import dev.slipway.ingest.service.JsonDocuments;
import dev.slipway.ingest.service.ServiceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes a feed to a file, a document per line. Watch records, lists and bare objects, which have
 * no time of their own, get that of the record as a field {@code time}; other formats stay as they
 * are. A tombstone becomes a DELETED record of what its key names.
 */
public final class Recording {
  private static final byte[] OBJECT =
      "\"type\":\"MODIFIED\",\"object\":".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final RecordDecoder decoder = RecordDecoder.create();
  private long count;
  private volatile boolean stopped;

  public Recording(OutputStream out) {
    this.out = out;
  }

  public void stop() {
    stopped = true;
  }

  /** Documents written. */
  public long count() {
    return count;
  }

  /** Records a stream as it comes; the time is that of its coming. */
  public void stream(InputStream in) throws IOException {
    var documents = new JsonDocuments(in, FeedLimits.RECORD_BYTES_MAX);
    for (byte[] document = documents.next();
        document != null && !stopped;
        document = documents.next()) {
      write(document, System.currentTimeMillis());
      out.flush();
    }
  }

  /** Records a topic from its beginning; {@code follow}: not only to where it ends now. */
  public void topic(ServiceSettings settings, boolean follow) throws IOException {
    List<TopicPartition> partitions = TopicCheck.exists(settings);
    Map<String, Object> client = new HashMap<>(settings.properties());
    client.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var deserializer = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<byte[], byte[]>(client, deserializer, deserializer)) {
      MergedTopic topic = new MergedTopic(consumer, partitions);
      while (!stopped && (follow || topic.behind())) {
        topic.turn(this::record);
        if (follow) {
          out.flush();
        }
      }
      topic.rest(this::record);
    }
    out.flush();
  }

  private void record(ConsumerRecord<byte[], byte[]> record) throws IOException {
    byte[] key = record.key();
    byte[] value = record.value();
    if (value != null) {
      write(value, record.timestamp());
    } else if (key != null) {
      gone(new String(key, StandardCharsets.UTF_8), record.timestamp());
    }
  }

  /** A tombstone: all it says is in its key, a UID or namespace and name. */
  private void gone(String key, long millis) throws IOException {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", Instant.ofEpochMilli(millis).toString()).put("type", "DELETED");
    ObjectNode pod = line.putObject("object").put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode metadata = pod.putObject("metadata");
    int slash = key.indexOf('/');
    if (slash < 0) {
      metadata.put("uid", key);
    } else {
      metadata.put("namespace", key.substring(0, slash)).put("name", key.substring(slash + 1));
    }
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    out.write('\n');
    count++;
  }

  private void write(byte[] document, long millis) throws IOException {
    long[] own = {Times.NONE};
    var outcome = decoder.decode(document, event -> own[0] = Math.max(own[0], event.atNanos()));
    boolean timeless = own[0] == Times.NONE && RecordedTime.of(document) == Times.NONE;
    if (timeless && (outcome == Format.WATCH || outcome == Format.LIST)) {
      out.write(time(millis));
      line(document, begin(document) + 1);
    } else if (timeless && outcome == Format.OBJECT) {
      out.write(time(millis));
      out.write(OBJECT);
      line(document, 0);
      out.write('}');
    } else {
      line(document, 0);
    }
    out.write('\n');
    count++;
  }

  /** Where the object begins: what is before it is white space. */
  private static int begin(byte[] document) {
    int at = 0;
    while (document[at] != '{') {
      at++;
    }
    return at;
  }

  private static byte[] time(long millis) {
    return ("{\"time\":\"" + Instant.ofEpochMilli(millis) + "\",")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Line ends stand only between tokens of JSON, never within a text. */
  private void line(byte[] document, int from) throws IOException {
    for (int k = from; k < document.length; k++) {
      if (document[k] != '\n' && document[k] != '\r') {
        out.write(document[k]);
      }
    }
  }
}
