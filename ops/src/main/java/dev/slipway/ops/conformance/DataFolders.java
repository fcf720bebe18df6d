package dev.slipway.ops.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folders in which the files named by {@code in.file} of a case are looked for, in order. */
public record DataFolders(List<Path> folders) {
  public DataFolders {
    folders = List.copyOf(folders);
  }

  /** The first existing file of that name below the folders. */
  public Optional<Path> find(String name) {
    return folders.stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
