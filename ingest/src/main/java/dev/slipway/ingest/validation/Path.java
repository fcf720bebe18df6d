package dev.slipway.ingest.validation;

/** Path of a field, as the API writes it. */
record Path(String text) {
  /** The server's path of an error without field. */
  static final Path NONE = new Path("[]");

  static Path of(String name) {
    return new Path(name);
  }

  Path child(String name) {
    return new Path(text.isEmpty() ? name : text + "." + name);
  }

  Path index(int index) {
    return new Path(text + "[" + index + "]");
  }

  Path key(String key) {
    return new Path(text + "[" + key + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
