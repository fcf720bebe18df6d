package dev.slipway.ops.pods;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where a running slipway of this user listens: one small file with the address, in the user's
 * runtime folder or, where there is none, in the folder for temporary files. The last one started
 * is the one found.
 */
public final class PortFile implements AutoCloseable {
  private final Path file;
  private final String address;

  private PortFile(Path file, String address) {
    this.file = file;
    this.address = address;
  }

  /** Tells that somebody listens on that port of the loopback address. */
  public static PortFile write(int port) throws IOException {
    Path file = place();
    Files.createDirectories(file.toAbsolutePath().getParent());
    String address = "http://127.0.0.1:" + port;
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "address", null);
    Files.writeString(draft, address + "\n");
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    return new PortFile(file, address);
  }

  /** The address of the one started last, empty if none runs. */
  public static Optional<URI> find() throws IOException {
    try {
      return Optional.of(URI.create(Files.readString(place()).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Takes the file away, unless somebody else has written it since. */
  @Override
  public void close() throws IOException {
    if (Files.exists(file) && Files.readString(file).strip().equals(address)) {
      Files.delete(file);
    }
  }

  private static Path place() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    return runtime != null && !runtime.isEmpty() && Files.isDirectory(Path.of(runtime))
        ? Path.of(runtime, "slipway", "address")
        : Path.of(
            System.getProperty("java.io.tmpdir"),
            "slipway-" + System.getProperty("user.name"),
            "address");
  }
}
