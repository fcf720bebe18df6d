package dev.slipway.engine.state;

/**
 * Something the runtime did, which the node knows at once or from its next listing (rule L-020).
 */
public interface RuntimeReport {}
