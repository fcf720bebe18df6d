/**
 * Texts to trees the way the API server reads them: YAML 1.1, JSON, and the decoding of a tree into
 * the form of a type, with the server's own messages. Knows no defaults and no rule about values.
 */
@NullMarked
package dev.slipway.ingest.decode;

import org.jspecify.annotations.NullMarked;
