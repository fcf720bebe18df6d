package dev.slipway.engine.job;

/** A Job: what it should be and what it was when the controller last looked. */
public record Job(String namespace, String name, JobSpec spec, JobStatus status) {}
