package dev.slipway.actors;

import com.typesafe.config.Config;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Mailbox of actors that have one message at a time: 16 bytes when empty, where Pekko's own has a
 * queue and a node. Many may write, one reads, first in first out.
 */
public final class LeanMailbox implements MailboxType, ProducesMessageQueue<LeanMailbox.LeanQueue> {
  /** Called by Pekko. */
  public LeanMailbox(ActorSystem.Settings settings, Config config) {}

  @Override
  public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
    return new LeanQueue();
  }

  /** Two or more messages: the newest, and those before it. */
  private static final class Link {
    final Envelope envelope;

    /** An envelope or a link. */
    @Nullable Object next;

    Link(Envelope envelope, @Nullable Object next) {
      this.envelope = envelope;
      this.next = next;
    }
  }

  /** Writers push onto {@link #in}; the reader takes all of it and turns it round. */
  public static final class LeanQueue implements MessageQueue {
    private static final VarHandle IN;

    static {
      try {
        IN = MethodHandles.lookup().findVarHandle(LeanQueue.class, "in", Object.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    /** Nothing, an envelope, or a link of which the newest comes first. */
    private volatile @Nullable Object in;

    /** Of the reader: nothing, an envelope, or a link of which the oldest comes first. */
    private @Nullable Object out;

    @Override
    public void enqueue(ActorRef receiver, Envelope envelope) {
      Object before = in;
      while (true) {
        Object after = before == null ? envelope : new Link(envelope, before);
        Object seen = IN.compareAndExchange(this, before, after);
        if (seen == before) {
          return;
        }
        before = seen;
      }
    }

    @Override
    public @Nullable Envelope dequeue() {
      Object first = out;
      if (first == null && in != null) {
        first = reversed(IN.getAndSet(this, null));
      }
      if (first instanceof Link link) {
        out = link.next;
        return link.envelope;
      }
      out = null;
      return (Envelope) first;
    }

    private static @Nullable Object reversed(@Nullable Object newest) {
      if (!(newest instanceof Link)) {
        return newest;
      }
      Object turned = null;
      Object rest = newest;
      while (rest != null) {
        Envelope envelope = rest instanceof Link link ? link.envelope : (Envelope) rest;
        turned = turned == null ? envelope : new Link(envelope, turned);
        rest = rest instanceof Link link ? link.next : null;
      }
      return turned;
    }

    @Override
    public int numberOfMessages() {
      return count(in) + count(out);
    }

    private static int count(@Nullable Object messages) {
      int count = 0;
      Object rest = messages;
      while (rest != null) {
        count++;
        rest = rest instanceof Link link ? link.next : null;
      }
      return count;
    }

    @Override
    public boolean hasMessages() {
      return out != null || in != null;
    }

    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
      for (Envelope e = dequeue(); e != null; e = dequeue()) {
        deadLetters.enqueue(owner, e);
      }
    }
  }
}
