/**
 * The form of API objects: which fields a type has and of what type they are, and trees brought
 * into that form as the API server does it. Knows no rule about values.
 */
@NullMarked
package dev.slipway.ingest.schema;

import org.jspecify.annotations.NullMarked;
