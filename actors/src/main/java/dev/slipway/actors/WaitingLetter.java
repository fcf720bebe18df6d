package dev.slipway.actors;

/** A letter that waits for its time. */
final class WaitingLetter extends Deadline {
  private final Letter letter;

  WaitingLetter(PodPost post, Letter letter, long at, int rank, long sequence) {
    super(post);
    this.letter = letter;
    set(at, rank, sequence);
  }

  @Override
  Letter letter() {
    return letter;
  }
}
